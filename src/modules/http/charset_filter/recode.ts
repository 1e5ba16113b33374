import type { BodyTransform } from '../../../runtime/hooks.ts';
import { type CharsetMap, isSame } from './settings.ts';

/** Makes the transform of one response. */
export type Recoding = () => BodyTransform;
/** By `from/to` in lower case; each map goes both ways. */
export type Recodings = ReadonlyMap<string, Recoding>;

const made = new WeakMap<readonly CharsetMap[], Recodings>();

const question = 0x3f;

/** What the maps of a configuration can do; worked out once. */
export function recodings(maps: readonly CharsetMap[]): Recodings {
  const known = made.get(maps) ?? recodingsOf(maps);
  made.set(maps, known);
  return known;
}

function recodingsOf(maps: readonly CharsetMap[]): Recodings {
  const all = new Map<string, Recoding>();
  for (const map of maps) {
    const utf8 = isSame(map.to, 'utf-8');
    all.set(keyOf(map.from, map.to), utf8 ? toUtf8(map) : single(map.pairs.map(([byte, [other = 0]]) => [byte, other])));
    all.set(keyOf(map.to, map.from), utf8 ? fromUtf8(map) : single(map.pairs.map(([byte, [other = 0]]) => [other, byte])));
  }
  return all;
}

/** The key of a recoding. */
export function keyOf(from: string, to: string): string {
  return `${from}/${to}`.toLowerCase();
}

/** Byte for byte: ASCII stays, what the map does not have becomes `?`. */
function single(pairs: readonly (readonly [number, number])[]): Recoding {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 ? byte : question));
  for (const [from, to] of pairs) table[from] = to;
  return () => ({ transform: (chunk) => Buffer.from(chunk.map((byte) => table[byte] as number)) });
}

/** ngx_http_charset_recode_to_utf8 */
function toUtf8({ pairs }: CharsetMap): Recoding {
  const table = Array.from({ length: 256 }, (_, byte): readonly number[] => [byte < 128 ? byte : question]);
  for (const [byte, bytes] of pairs) table[byte] = bytes;
  return () => ({
    transform(chunk) {
      const out: number[] = [];
      for (const byte of chunk) out.push(...(table[byte] as readonly number[]));
      return Buffer.from(out);
    },
  });
}

/** ngx_http_charset_recode_from_utf8: what the map does not have becomes an entity, what is no UTF-8 `?`. */
function fromUtf8({ pairs }: CharsetMap): Recoding {
  const table = new Map<number, number>();
  for (const [byte, bytes] of pairs) table.set(decode(Buffer.from(bytes), 0).code, byte);
  return () => {
    let held: Buffer = Buffer.alloc(0);
    return {
      transform(chunk) {
        const text = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        let out = '';
        let at = 0;
        while (at < text.length) {
          const { code, next } = decode(text, at);
          if (code === incomplete) break;
          const byte = code < 0x80 ? code : table.get(code);
          out += byte ? String.fromCharCode(byte) : code === invalid || code > 0x10ffff ? '?' : `&#${code};`;
          at = next;
        }
        held = text.subarray(at);
        return Buffer.from(out, 'latin1');
      },
    };
  };
}

const invalid = -1;
const incomplete = -2;

/** One character and the offset behind it (ngx_utf8_decode). */
function decode(text: Buffer, at: number): { readonly code: number; readonly next: number } {
  const first = text[at] ?? 0;
  if (first < 0x80) return { code: first, next: at + 1 };
  if (first < 0xc2) return { code: invalid, next: at + 1 };
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (at + more >= text.length) return { code: incomplete, next: at };
  let code = first & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const byte = text[at + i] as number;
    if (byte < 0x80) return { code: invalid, next: at + i + 1 };
    code = (code << 6) | (byte & 0x3f);
  }
  const least = more === 3 ? 0xffff : more === 2 ? 0x7ff : 0x7f;
  return { code: code > least ? code : invalid, next: at + more + 1 };
}
