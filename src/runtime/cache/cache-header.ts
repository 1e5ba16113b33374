/*
 * What stands before a response in its file (ngx_http_file_cache_header_t on 64 bits, little endian): nginx reads what we
 * have written, and we what nginx has.
 */

const version = 5;
const size = 336;
const before = '\nKEY: ';
const longest = 128;

/** What a file says of its response. Times in seconds since the epoch, `updating` and `error` in seconds after `valid`. */
export interface CacheHeader {
  readonly valid: number;
  readonly updating: number;
  readonly error: number;
  /** -1 when the response has none. */
  readonly lastModified: number;
  readonly date: number;
  readonly crc32: number;
  readonly headerStart: number;
  readonly bodyStart: number;
  /** '' when it has none, or one too long to keep. */
  readonly etag: string;
  readonly vary: string;
  /** The key of the variant that the file holds, 16 bytes; zeros without Vary. */
  readonly variant: Buffer;
}

/** The longest Vary that can be kept, in bytes (NGX_HTTP_CACHE_VARY_LEN). */
export const longestVary = longest;

/** No file of a cache is smaller. */
export const smallestCacheFile = size;

/** Where a response's head begins in its file. */
export function headerStartOf(key: string): number {
  return size + before.length + key.length + 1;
}

/** The header's own bytes (ngx_http_file_cache_set_header). */
export function encodeCacheHeader(header: CacheHeader): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeBigUInt64LE(BigInt(version), 0);
  const times = [header.valid, header.updating, header.error, header.lastModified, header.date];
  for (const [at, time] of times.entries()) bytes.writeBigInt64LE(BigInt(time), 8 + 8 * at);
  bytes.writeUInt32LE(header.crc32, 48);
  bytes.writeUInt16LE(header.headerStart, 54);
  bytes.writeUInt16LE(header.bodyStart, 56);
  if (header.etag.length <= longest) {
    bytes.writeUInt8(header.etag.length, 58);
    bytes.write(header.etag, 59, 'latin1');
  }
  bytes.writeUInt8(header.vary.length, 187);
  bytes.write(header.vary, 188, 'latin1');
  header.variant.copy(bytes, 316);
  return bytes;
}

/** The key's line behind the header. */
export function keyLine(key: string): Buffer {
  return Buffer.from(`${before}${key}\n`, 'latin1');
}

/** Reads a file's beginning; a text says why it is none of ours, in nginx's words (ngx_http_file_cache_read). */
export function decodeCacheHeader(bytes: Buffer, key: string, crc32: number): CacheHeader | string {
  const headerStart = headerStartOf(key);
  if (bytes.length < headerStart) return 'is too small';
  if (bytes.readBigUInt64LE(0) !== BigInt(version)) return 'version mismatch';
  const isOurs = bytes.readUInt32LE(48) === crc32 && bytes.readUInt16LE(54) === headerStart;
  if (!isOurs || bytes.toString('latin1', size + before.length, headerStart - 1) !== key) return 'has md5 collision';
  const bodyStart = bytes.readUInt16LE(56);
  if (bodyStart > bytes.length) return 'has too long header';
  const varyLength = bytes.readUInt8(187);
  if (varyLength > longest) return 'has incorrect vary length';
  const time = (at: number) => Number(bytes.readBigInt64LE(8 + 8 * at));
  return {
    valid: time(0),
    updating: time(1),
    error: time(2),
    lastModified: time(3),
    date: time(4),
    crc32,
    headerStart,
    bodyStart,
    etag: bytes.toString('latin1', 59, 59 + Math.min(longest, bytes.readUInt8(58))),
    vary: bytes.toString('latin1', 188, 188 + varyLength),
    variant: Buffer.from(bytes.subarray(316, 332)),
  };
}
