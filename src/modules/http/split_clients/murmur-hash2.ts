const multiplier = 0x5bd1e995;

/** MurmurHash2 of a byte string, with the seed 0 (ngx_murmur_hash2). */
export function murmurHash2(text: string): number {
  let hash = text.length;
  let at = 0;
  for (; text.length - at >= 4; at += 4) {
    let word =
      text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16) | (text.charCodeAt(at + 3) << 24);
    word = Math.imul(word, multiplier);
    word = Math.imul(word ^ (word >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  if (at < text.length) {
    for (let behind = text.length - 1; behind >= at; behind--) hash ^= text.charCodeAt(behind) << ((behind - at) * 8);
    hash = Math.imul(hash, multiplier);
  }
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return (hash ^ (hash >>> 15)) >>> 0;
}
