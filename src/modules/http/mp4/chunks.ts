import type { Problem } from './atoms.ts';
import type { Samples } from './samples.ts';
import type { Table } from './table.ts';
import type { FilmFacts } from './times.ts';
import type { Track } from './track.ts';

/** Which chunks of a track a section has. Chunks count from 0. */
export interface Cuts {
  readonly startChunk: number;
  /** Samples of the first chunk that are left out. */
  readonly startSamples: number;
  /** Behind the last one; 0 when the section goes to the end. */
  readonly endChunk: number;
  /** Samples of the last chunk that are sent. */
  readonly endSamples: number;
  /** Rows for chunks that are cut through, around those of the table. */
  readonly before: readonly Buffer[];
  readonly after: readonly Buffer[];
}

/** A run of chunks with as many samples each, and how many samples of it lie before the one that was looked for. */
interface Run {
  readonly row: number;
  readonly chunk: number;
  readonly nextChunk: number;
  readonly samples: number;
  readonly id: number;
  /** Samples a chunk in the run before. */
  readonly samplesBefore: number;
  readonly rest: number;
}

/** Cuts stsc, the runs of chunks (ngx_http_mp4_update_stsc_atom). */
export function cutChunks(track: Track, film: FilmFacts, { start, end }: Samples): Cuts | Problem {
  const { file, section } = film;
  const { stsc, stco, co64 } = track.tables;
  if (!stsc) return { problem: `no mp4 stsc atoms were found in "${file}"` };
  if (stsc.count === 0) return { problem: `zero number of entries in stsc atom in "${file}"` };
  const chunks = (co64 ?? stco)?.count ?? 0;
  const first = runOf(stsc, start, chunks, 'start', file);
  if ('problem' in first) return first;
  const begin = cutStart(stsc, first);
  const last = section.length > 0 ? cutEnd(stsc, end - start, chunks, begin, file) : { endChunk: 0, endSamples: 0, after: [] };
  if ('problem' in last) return last;
  for (let row = 0; row < stsc.count; row++) stsc.set(row, stsc.get(row) - begin.startChunk);
  return { ...begin, ...last };
}

/** The run in which a sample lies. */
function runOf(stsc: Table, sample: number, chunks: number, what: 'start' | 'end', file: string): Run | Problem {
  let rest = sample;
  let samplesBefore = 0;
  for (let row = 0; row < stsc.count; row++) {
    const [chunk, samples, id] = [stsc.get(row, 0), stsc.get(row, 1), stsc.get(row, 2)];
    const isLast = row === stsc.count - 1;
    const nextChunk = isLast ? chunks + 1 : stsc.get(row + 1);
    if (nextChunk < chunk) return { problem: `unordered mp4 stsc chunks in "${file}"` };
    const inRun = (nextChunk - chunk) * samples;
    if (rest < inRun || (isLast && rest === inRun)) {
      if (samples === 0) return { problem: `zero number of samples in "${file}"` };
      if (chunk === 0) return { problem: `zero chunk in "${file}"` };
      return { row, chunk, nextChunk, samples, id, samplesBefore, rest };
    }
    rest -= inRun;
    if (nextChunk > chunk) samplesBefore = samples;
  }
  return { problem: `${what} time is out mp4 stsc chunks in "${file}"` };
}

type Begin = Pick<Cuts, 'startChunk' | 'startSamples' | 'before'>;

// ngx_http_mp4_crop_stsc_data, for the start
function cutStart(stsc: Table, { row, chunk, nextChunk, samples, id, rest }: Run): Begin {
  const startChunk = chunk - 1 + Math.floor(rest / samples);
  const startSamples = rest % samples;
  stsc.cut(row);
  stsc.set(0, startChunk + 1);
  if (startSamples === 0) return { startChunk, startSamples, before: [] };
  if (nextChunk - startChunk === 2) {
    stsc.set(0, samples - startSamples, 1);
    return { startChunk, startSamples, before: [] };
  }
  stsc.set(0, startChunk + 2);
  return { startChunk, startSamples, before: [rowOf(1, samples - startSamples, id)] };
}

// ngx_http_mp4_crop_stsc_data, for the end
function cutEnd(
  stsc: Table,
  samples: number,
  chunks: number,
  { startChunk, before: [first] }: Begin,
  file: string,
): Pick<Cuts, 'endChunk' | 'endSamples' | 'after'> | Problem {
  const taken = first ? Math.min(first.readUInt32BE(4), samples) : 0;
  first?.writeUInt32BE(taken, 4);
  const run = runOf(stsc, samples - taken, chunks, 'end', file);
  if ('problem' in run) return run;
  const wholeChunk = run.chunk - 1 + Math.floor(run.rest / run.samples);
  const inChunk = run.rest % run.samples;
  stsc.cut(0, run.rest > 0 ? run.row + 1 : run.row);
  if (inChunk === 0) return { endChunk: wholeChunk, endSamples: run.rest > 0 ? run.samples : run.samplesBefore, after: [] };
  const end = { endChunk: wholeChunk + 1, endSamples: inChunk };
  if (run.chunk + 1 - wholeChunk !== 2) return { ...end, after: [rowOf(end.endChunk - startChunk, inChunk, run.id)] };
  stsc.set(run.row, inChunk, 1);
  return { ...end, after: [] };
}

function rowOf(...values: readonly number[]): Buffer {
  const row = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) row.writeUInt32BE(value, at * 4);
  return row;
}
