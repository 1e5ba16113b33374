import type { Reading } from '../../../schema/directive.ts';

/** One `charset_map`. */
export interface CharsetMap {
  readonly from: string;
  readonly to: string;
  /** Byte of `from`, and the bytes that stand for it in `to`. */
  readonly pairs: readonly (readonly [byte: number, bytes: readonly number[]])[];
}

/** Reads `charset_map` (ngx_http_charset_map_block, ngx_http_charset_map). */
export function readCharsetMap([from = '', to = '']: readonly string[], at: Reading): CharsetMap | undefined {
  if (isSame(from, to)) return at.fail(`"charset_map" between the same charsets "${from}" and "${to}"`, 0);
  if (isSame(from, 'utf-8')) return at.fail('"charset_map" with "utf-8" charset should be given in the second column', 0);
  const pairs: [number, readonly number[]][] = [];
  for (const line of at.lines) {
    const [left = '', right = ''] = line;
    if (line.length !== 2) return at.fail('invalid parameters number');
    const byte = byteOf(left);
    const bytes = isSame(to, 'utf-8') ? (right.match(/../g) ?? []).map(byteOf) : [byteOf(right)];
    if (Number.isNaN(byte)) return at.fail(`invalid value "${left}"`);
    if (bytes.length === 0 || bytes.length > 3 || bytes.some(Number.isNaN)) return at.fail(`invalid value "${right}"`);
    pairs.push([byte, bytes]);
  }
  return { from, to, pairs };
}

/** Names of charsets count without regard to case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function byteOf(hex: string): number {
  return /^0*[0-9a-f]{1,2}$/i.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
}
