/*
 * Atoms of an MP4 file (boxes of ISO/IEC 14496-12): a length, a name of four signs, data. Problems are in nginx's words.
 */

/** What stands in the way of cutting a film: the request ends with 500. */
export interface Problem {
  readonly problem: string;
}

/** How taking an atom went: null when all is well, `declined` when what it belongs to is to be left out (NGX_DECLINED). */
export type Outcome = Problem | 'declined' | null;

/** The beginning of an atom. */
export interface AtomHeader {
  readonly name: string;
  /** Bytes of the header, and of all of it. */
  readonly headerSize: number;
  readonly size: number;
}

/** Reads a header from the first bytes of what is left; null is the end (ngx_http_mp4_read_atom). */
export function readHeader(bytes: Buffer, left: number, file: string): AtomHeader | Problem | null {
  if (bytes.length < 4) return truncated(file);
  const short = bytes.readUInt32BE(0);
  if (short === 0) return null;
  if (short === 1 && bytes.length < 16) return truncated(file);
  const headerSize = short === 1 ? 16 : 8;
  const size = short === 1 ? Number(bytes.readBigUInt64BE(8)) : short;
  if (size < headerSize) return { problem: `"${file}" mp4 atom is too small:${size}` };
  if (bytes.length < 8) return truncated(file);
  if (size > left) return { problem: `"${file}" mp4 atom too large:${size}` };
  return { name: bytes.toString('latin1', 4, 8), headerSize, size };
}

function truncated(file: string): Problem {
  return { problem: `"${file}" mp4 file truncated` };
}

/** Goes through the atoms that lie in another one, until one does not go well. */
export function walkAtoms(bytes: Buffer, file: string, take: (name: string, data: Buffer) => Outcome): Outcome {
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes.subarray(at, at + 16), bytes.length - at, file);
    if (header === null) return null;
    if ('problem' in header) return header;
    const outcome = take(header.name, bytes.subarray(at + header.headerSize, at + header.size));
    if (outcome !== null) return outcome;
    at += header.size;
  }
  return null;
}

/** An atom made of its name and parts of its data, with a header of eight bytes. */
export function makeAtom(name: string, ...data: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8, name, 'latin1');
  header.writeUInt32BE(8 + data.reduce((sum, { length }) => sum + length, 0), 0);
  header.write(name, 4, 'latin1');
  return Buffer.concat([header, ...data]);
}

/** The header of an atom whose data follows elsewhere; sixteen bytes when it is long (ngx_http_mp4_update_mdat_atom). */
export function longHeader(name: string, dataSize: number): Buffer {
  const isLong = dataSize > 0xffffffff - 8;
  const header = Buffer.alloc(isLong ? 16 : 8);
  header.writeUInt32BE(isLong ? 1 : 8 + dataSize, 0);
  header.write(name, 4, 'latin1');
  if (isLong) header.writeBigUInt64BE(BigInt(16 + dataSize), 8);
  return header;
}
