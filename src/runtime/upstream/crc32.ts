const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** What a running checksum starts with (ngx_crc32_init). */
export const crc32Start = -1;

/** Takes the bytes of a byte string in (ngx_crc32_update). */
export function crc32Update(running: number, bytes: string): number {
  let crc = running;
  for (let i = 0; i < bytes.length; i++) crc = (table[(crc ^ bytes.charCodeAt(i)) & 255] as number) ^ (crc >>> 8);
  return crc;
}

/** The checksum of what was taken in (ngx_crc32_final). */
export function crc32Final(running: number): number {
  return ~running >>> 0;
}

/** The IEEE checksum of a byte string (ngx_crc32_long). */
export function crc32(bytes: string): number {
  return crc32Final(crc32Update(crc32Start, bytes));
}
