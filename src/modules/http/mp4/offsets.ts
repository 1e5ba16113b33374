import type { Problem } from './atoms.ts';
import type { Cuts } from './chunks.ts';
import type { Samples } from './samples.ts';
import type { Table } from './table.ts';
import type { FilmFacts } from './times.ts';
import type { Track } from './track.ts';

/** Where the samples of a cut track lie in the file. */
export interface Offsets {
  readonly start: number;
  readonly end: number;
  /** Changes what the table says by so many bytes. */
  move(bytes: number): void;
}

/** Cuts stsz and then stco or co64, the chunks' offsets (ngx_http_mp4_update_stsz_atom, ngx_http_mp4_update_stco_atom). */
export function chunkOffsets(track: Track, film: FilmFacts, samples: Samples, cuts: Cuts, mdatEnd: number): Offsets | Problem {
  const sizes = cutSizes(track.sizes, film, samples, cuts);
  if ('problem' in sizes) return sizes;
  const { stco, co64 } = track.tables;
  const table = co64 ?? stco;
  if (!table) return { problem: `no mp4 stco atoms were found in "${film.file}"` };
  return cutOffsets(table, !co64, film, cuts, sizes, mdatEnd);
}

/** Bytes of the first chunk that are left out, and of the last one that are sent. */
interface Sizes {
  readonly left: number;
  readonly sent: number;
}

function cutSizes(
  table: Table | null,
  { file, section, size }: FilmFacts,
  { start, end }: Samples,
  { startSamples, endSamples }: Cuts,
): Sizes | Problem {
  if (!table) return { left: 0, sent: 0 };
  if (start >= table.count) return { problem: `start time is out mp4 stsz samples in "${file}"` };
  const left = sum(table, start - startSamples, start);
  if (left > size) return { problem: `too large mp4 start samples size in "${file}"` };
  if (section.length === 0) {
    table.cut(start);
    return { left, sent: 0 };
  }
  if (end > table.count) return { problem: `end time is out mp4 stsz samples in "${file}"` };
  const sent = sum(table, end - endSamples, end);
  if (sent > size) return { problem: `too large mp4 end samples size in "${file}"` };
  table.cut(start, end);
  return { left, sent };
}

function sum(table: Table, from: number, to: number): number {
  let bytes = 0;
  for (let row = Math.max(0, from); row < to; row++) bytes += table.get(row);
  return bytes;
}

function cutOffsets(
  table: Table,
  isShort: boolean,
  { file, section, size }: FilmFacts,
  { startChunk, endChunk }: Cuts,
  { left, sent }: Sizes,
  mdatEnd: number,
): Offsets | Problem {
  const kind = isShort ? 'stco' : 'co64';
  const get = (row: number) => (isShort ? table.get(row) : table.getLong(row));
  const set = (row: number, offset: number) => (isShort ? table.set(row, offset) : table.setLong(row, offset));
  const isTooLarge = (offset: number, more: number) => offset > size - more || (isShort && offset + more > 0xffffffff);
  const tooLarge = { problem: `too large chunk offset in "${file}"` };
  if (startChunk >= table.count) return { problem: `start time is out mp4 ${kind} chunks in "${file}"` };
  if (section.length > 0 && endChunk > table.count) return { problem: `end time is out mp4 ${kind} chunks in "${file}"` };
  table.cut(startChunk, section.length > 0 ? Math.max(startChunk, endChunk) : table.count);
  const move = (bytes: number) => {
    for (let row = 0; row < table.count; row++) set(row, get(row) + bytes);
  };
  if (table.count === 0) return { start: size, end: 0, move };
  if (isTooLarge(get(0), left)) return tooLarge;
  const start = get(0) + left;
  set(0, start);
  if (section.length === 0) return { start, end: mdatEnd, move };
  const last = get(table.count - 1);
  return isTooLarge(last, sent) ? tooLarge : { start, end: last + sent, move };
}
