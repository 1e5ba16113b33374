import type { Reading } from '../directive.ts';
import { parseTime } from './time.ts';

/** What a `resolver` says. */
export interface ResolverSetting {
  /** Name servers as written. */
  readonly servers: readonly string[];
  /** Seconds for which answers count, whatever their TTL; 0 for the TTL. */
  readonly valid: number;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

/** Reads `resolver` (ngx_resolver_create); `status_zone=` is taken and means nothing. */
export function readResolver(words: readonly string[], at: Reading): ResolverSetting | undefined {
  const servers: string[] = [];
  const options = { valid: 0, ipv4: true, ipv6: true };
  for (const [i, word] of words.entries()) {
    const [, family, flag] = /^(ipv4|ipv6)=(.*)$/s.exec(word) ?? [];
    const valid = word.startsWith('valid=') ? parseTime(word.slice(6), 's') : 0;
    if (valid === undefined || (family && flag !== 'on' && flag !== 'off')) return at.fail(`invalid parameter: ${word}`, i);
    if (family === 'ipv4' || family === 'ipv6') options[family] = flag === 'on';
    else if (word.startsWith('valid=')) options.valid = valid;
    else if (!word.startsWith('status_zone=')) servers.push(word);
  }
  if (servers.length === 0) return at.fail('no name servers defined', 0);
  if (!options.ipv4 && !options.ipv6) return at.fail('"ipv4" and "ipv6" cannot both be "off"', 0);
  return { servers, ...options };
}
