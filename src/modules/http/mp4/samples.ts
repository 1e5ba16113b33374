import type { Problem } from './atoms.ts';
import type { Table } from './table.ts';
import { type FilmFacts, inUnits } from './times.ts';
import type { Track } from './track.ts';

/** Which samples of a track a section has. */
export interface Samples {
  /** From 0. */
  readonly start: number;
  /** Behind the last one; 0 when the section goes to the end. */
  readonly end: number;
  /** Units of the track between the key frame that is sent first and where the section begins. */
  readonly prefix: bigint;
  /** Of tkhd, in units of the film. */
  readonly movieDuration: bigint;
}

/** Cuts the tables that count samples: stts, stss, ctts, stsz's turn comes later (ngx_http_mp4_update_stts_atom …). */
export function cutSamples(track: Track, film: FilmFacts): Samples | Problem {
  const { file, section } = film;
  const { stts, stss, ctts } = track.tables;
  if (!stts) return { problem: `no mp4 stts atoms were found in "${file}"` };
  const begin = cutStart(stts, stss, track, film);
  if ('problem' in begin) return begin;
  const { start, prefix } = begin;
  if (track.mdhd) track.mdhd.duration += prefix;
  const end = section.length > 0 ? start + cutEnd(stts, prefix, track, film) : 0;
  if (stss) cutKeyFrames(stss, start, section.length > 0 ? end : Number.POSITIVE_INFINITY);
  if (ctts) {
    cutRuns(ctts, start, 'before');
    if (section.length > 0) cutRuns(ctts, end - start, 'behind');
  }
  return { start, end, prefix, movieDuration: track.tkhd?.duration ?? 0n };
}

/** A place in runs of samples: the row, and how many of its samples lie before. */
interface Place {
  row: number;
  rest: number;
  /** Samples before it. */
  sample: number;
}

/** Where a time falls among runs of samples of one length each; `found` is false behind the last one. */
function placeOf(stts: Table, time: bigint): Place & { readonly found: boolean } {
  let left = time;
  let sample = 0;
  for (let row = 0; row < stts.count; row++) {
    const [count, duration] = [stts.get(row), stts.get(row, 1)];
    const length = BigInt(count) * BigInt(duration);
    if (left < length) {
      const rest = Number(left / BigInt(duration));
      return { row, rest, sample: sample + rest, found: true };
    }
    sample += count;
    left -= length;
  }
  return { row: stts.count, rest: 0, sample, found: false };
}

// ngx_http_mp4_crop_stts_data, for the start
function cutStart(
  stts: Table,
  stss: Table | undefined,
  track: Track,
  { file, section, startKeyFrame }: FilmFacts,
): { start: number; prefix: bigint } | Problem {
  const place = placeOf(stts, inUnits(section.start, track.mdhd?.timescale ?? 0));
  if (!place.found) return { problem: `start time is out mp4 stts samples in "${file}"` };
  let back = startKeyFrame && stss ? samplesSinceKey(stss, place.sample) : 0;
  if (back < 0) return { problem: `zero sync sample in "${file}"` };
  const start = place.sample - back;
  let { row, rest } = place;
  let prefix = 0n;
  while (rest < back) {
    prefix += BigInt(rest) * BigInt(stts.get(row, 1));
    back -= rest;
    row--;
    rest = stts.get(row);
  }
  prefix += BigInt(back) * BigInt(stts.get(row, 1));
  stts.set(row, stts.get(row) - (rest - back));
  stts.cut(row);
  return { start, prefix };
}

/** How many samples a sample lies behind the key frame before it; -1 when the table is broken (ngx_http_mp4_seek_key_frame). */
function samplesSinceKey(stss: Table, sample: number): number {
  let back = 0;
  for (let row = 0; row < stss.count; row++) {
    const key = stss.get(row);
    if (key === 0) return -1;
    if (key > sample + 1) break;
    back = sample + 1 - key;
  }
  return back;
}

/** The number of samples that are left (ngx_http_mp4_crop_stts_data, for the end). */
function cutEnd(stts: Table, prefix: bigint, track: Track, { section }: FilmFacts): number {
  const place = placeOf(stts, inUnits(section.length, track.mdhd?.timescale ?? 0) + prefix);
  if (place.found) {
    stts.set(place.row, place.rest);
    stts.cut(0, place.row + 1);
  }
  return place.sample;
}

// ngx_http_mp4_update_stss_atom; key frames count from 1
function cutKeyFrames(stss: Table, start: number, end: number): void {
  const first = rowFrom(stss, start + 1);
  stss.cut(first);
  stss.cut(0, rowFrom(stss, end + 1));
  for (let row = 0; row < stss.count; row++) stss.set(row, stss.get(row) - start);
}

function rowFrom(stss: Table, sample: number): number {
  let row = 0;
  while (row < stss.count && stss.get(row) < sample) row++;
  return row;
}

/** Takes samples away from runs, those before a number or those from it on (ngx_http_mp4_crop_ctts_data). */
function cutRuns(ctts: Table, samples: number, what: 'before' | 'behind'): void {
  let left = samples;
  for (let row = 0; row < ctts.count; row++) {
    const count = ctts.get(row);
    if (left < count) {
      ctts.set(row, what === 'before' ? count - left : left);
      if (what === 'before') ctts.cut(row);
      else ctts.cut(0, row + 1);
      return;
    }
    left -= count;
  }
  if (what === 'before') ctts.cut(ctts.count);
}
