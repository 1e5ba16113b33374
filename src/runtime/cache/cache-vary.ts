import { createHash, type Hash } from 'node:crypto';
import type { HeadersIn } from '../http/request.ts';

/** Lists whose blanks do not count. */
const normalized = new Set(['accept-charset', 'accept-encoding', 'accept-language']);

/** The key of the variant of a response that a request gets: 16 bytes (ngx_http_file_cache_vary). */
export function variantOf(main: Buffer, vary: string, headers: HeadersIn): Buffer {
  const hash = createHash('md5').update(main);
  for (const name of vary.toLowerCase().split(/[ ,]+/)) {
    if (name === '') continue;
    hash.update(`${name}:`, 'latin1');
    addField(hash, name, headers);
    hash.update('\r\n');
  }
  return hash.digest();
}

// ngx_http_file_cache_vary_header
function addField(hash: Hash, name: string, { lower, values }: HeadersIn): void {
  const parts = values.filter((_, at) => lower[at] === name);
  const all = normalized.has(name) ? parts.flatMap((value) => value.split(/[ ,]+/).filter((word) => word !== '')) : parts;
  hash.update(all.join(','), 'latin1');
}
