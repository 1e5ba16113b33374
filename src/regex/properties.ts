import { type ByteSet, setWhere } from './byte-set.ts';

/** General categories, and PCRE's own names. Bytes are the first 256 characters of Unicode, whose properties are settled. */
const own: Readonly<Record<string, string>> = {
  Any: '[^]',
  'L&': '[\\p{Lu}\\p{Ll}\\p{Lt}]',
  Xan: '[\\p{L}\\p{N}]',
  Xwd: '[\\p{L}\\p{N}_]',
  Xsp: '[\\t-\\r\\x85\\p{Z}]',
  Xps: '[\\t-\\r\\x85\\p{Z}]',
};
const categories = /^(?:C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** The bytes with a property, as `\\p` names it; undefined when it is none of those we know. */
export function propertySet(name: string): ByteSet | undefined {
  const source = Object.hasOwn(own, name) ? own[name] : categories.test(name) ? `\\p{${name}}` : undefined;
  if (source === undefined) return undefined;
  const regexp = new RegExp(`^${source}$`, 'u');
  return setWhere((byte) => regexp.test(String.fromCharCode(byte)));
}
