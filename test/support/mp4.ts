/*
 * MP4 films made byte by byte, and read again.
 */

/** One track of a film to make. */
export interface TrackShape {
  readonly timescale: number;
  /** Durations of samples in its units. */
  readonly durations: readonly number[];
  /** Samples in each chunk. */
  readonly chunks: readonly number[];
  /** Numbers of key frames, from 1. */
  readonly keys?: readonly number[];
  /** Composition offsets of samples. */
  readonly offsets?: readonly number[];
  /** All samples have that size. */
  readonly sampleSize?: number;
  readonly long?: boolean;
  readonly sound?: boolean;
}

/** A film to make. */
export interface FilmShape {
  readonly tracks: readonly TrackShape[];
  readonly moovLast?: boolean;
  readonly longTimes?: boolean;
  readonly timescale?: number;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function atom(name: string, ...data: readonly Buffer[]): Buffer {
  const body = Buffer.concat(data);
  return Buffer.concat([u32(8 + body.length), Buffer.from(name, 'latin1'), body]);
}

/** Rows of how often a value comes. */
function runs(values: readonly number[]): Buffer {
  const rows: [number, number][] = [];
  for (const value of values) {
    const last = rows.at(-1);
    if (last?.[1] === value) last[0]++;
    else rows.push([1, value]);
  }
  return Buffer.concat([u32(0, rows.length), ...rows.map((row) => u32(...row))]);
}

/** Times of a header atom: created, changed, [timescale], [before], how long. */
function times(isLong: boolean, middle: Buffer, duration: number): Buffer {
  return isLong
    ? Buffer.concat([u32(0x1000000), u64(1), u64(2), middle, u64(duration)])
    : Buffer.concat([u32(0, 1, 2), middle, u32(duration)]);
}

function sizesOf({ durations, sampleSize }: TrackShape, track: number): number[] {
  return durations.map((_, sample) => sampleSize ?? 5 + ((sample * 7 + track * 3) % 11));
}

/** Chunks of all tracks in turn: their bytes, and where they are. */
function layOut(tracks: readonly TrackShape[], base: number): { data: Buffer; places: number[][] } {
  const pieces: Buffer[] = [];
  const places: number[][] = tracks.map(() => []);
  const done = tracks.map(() => 0);
  let at = base;
  for (let chunk = 0; chunk < Math.max(...tracks.map(({ chunks }) => chunks.length)); chunk++) {
    for (const [index, track] of tracks.entries()) {
      const count = track.chunks[chunk];
      if (count === undefined) continue;
      places[index]?.push(at);
      const from = done[index] as number;
      for (const [more, size] of sizesOf(track, index)
        .slice(from, from + count)
        .entries()) {
        pieces.push(Buffer.alloc(size, `<${index}:${from + more}>`));
        at += size;
      }
      done[index] = from + count;
    }
  }
  return { data: Buffer.concat(pieces), places };
}

function trak(
  track: TrackShape,
  index: number,
  places: readonly number[],
  { longTimes = false, timescale = 1000 }: FilmShape,
): Buffer {
  const duration = track.durations.reduce((sum, one) => sum + one, 0);
  const inFilm = Math.floor((duration * timescale) / track.timescale);
  const sizes = sizesOf(track, index);
  const chunkRows = track.chunks.flatMap((count, chunk) => (count === track.chunks[chunk - 1] ? [] : [[chunk + 1, count, 1]]));
  const stbl = atom(
    'stbl',
    atom('stsd', u32(0, 1), atom(track.sound ? 'mp4a' : 'avc1', Buffer.alloc(20, index))),
    atom('stts', runs(track.durations)),
    ...(track.keys ? [atom('stss', u32(0, track.keys.length, ...track.keys))] : []),
    ...(track.offsets ? [atom('ctts', runs(track.offsets))] : []),
    atom('stsc', u32(0, chunkRows.length, ...chunkRows.flat())),
    track.sampleSize === undefined
      ? atom('stsz', u32(0, 0, sizes.length, ...sizes))
      : atom('stsz', u32(0, track.sampleSize, sizes.length)),
    track.long ? atom('co64', u32(0, places.length), ...places.map(u64)) : atom('stco', u32(0, places.length, ...places)),
  );
  const minf = atom('minf', atom(track.sound ? 'smhd' : 'vmhd', Buffer.alloc(12, 1)), atom('dinf', Buffer.alloc(20, 2)), stbl);
  const mdia = atom(
    'mdia',
    atom('mdhd', times(longTimes, u32(track.timescale), duration), u32(7)),
    atom('hdlr', Buffer.alloc(25, 3)),
    minf,
  );
  const tkhd = atom('tkhd', times(longTimes, u32(index + 1, 0), inFilm), Buffer.alloc(60, 4));
  return atom('trak', tkhd, atom('edts', Buffer.alloc(20, 5)), mdia);
}

/** A whole file. */
export function makeFilm(shape: FilmShape): Buffer {
  const { tracks, moovLast = false, longTimes = false, timescale = 1000 } = shape;
  const longest = Math.max(
    ...tracks.map((track) => (track.durations.reduce((sum, one) => sum + one, 0) * timescale) / track.timescale),
  );
  const ftyp = atom('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1'));
  const mvhd = atom('mvhd', times(longTimes, u32(timescale), Math.floor(longest)), Buffer.alloc(80, 6));
  const moov = (base: number) => {
    const { places } = layOut(tracks, base);
    return atom(
      'moov',
      mvhd,
      ...tracks.map((track, index) => trak(track, index, places[index] ?? [], shape)),
      atom('udta', Buffer.alloc(9)),
    );
  };
  const before = moovLast ? ftyp.length + 8 : ftyp.length + moov(0).length + 8;
  const mdat = atom('mdat', layOut(tracks, before).data);
  return moovLast
    ? Buffer.concat([ftyp, mdat, moov(before)])
    : Buffer.concat([ftyp, moov(before), mdat, atom('free', Buffer.alloc(5))]);
}

/** Atoms inside others, by path. */
function find(bytes: Buffer, path: readonly string[]): Buffer[] {
  const [name, ...rest] = path;
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== name) continue;
    const data = bytes.subarray(at + 8, at + bytes.readUInt32BE(at));
    found.push(...(rest.length === 0 ? [data] : find(data, rest)));
  }
  return found;
}

/** The samples of each track, as its tables say where they are. */
export function samplesOf(file: Buffer): Buffer[][] {
  return find(file, ['moov', 'trak']).map((track) => {
    const table = (name: string) => find(track, ['mdia', 'minf', 'stbl', name])[0];
    const [stsc, stsz, stco, co64] = ['stsc', 'stsz', 'stco', 'co64'].map(table) as [Buffer, Buffer, Buffer?, Buffer?];
    const count = stsz.readUInt32BE(8);
    const sizeOf = (sample: number) => stsz.readUInt32BE(4) || stsz.readUInt32BE(12 + sample * 4);
    const chunks = (stco ?? co64)?.readUInt32BE(4) ?? 0;
    const samples: Buffer[] = [];
    for (let chunk = 0, row = 0; chunk < chunks; chunk++) {
      while (row + 1 < stsc.readUInt32BE(4) && stsc.readUInt32BE(8 + (row + 1) * 12) <= chunk + 1) row++;
      let at = stco ? stco.readUInt32BE(8 + chunk * 4) : Number(co64?.readBigUInt64BE(8 + chunk * 8));
      for (let more = stsc.readUInt32BE(12 + row * 12); more > 0 && samples.length < count; more--) {
        const size = sizeOf(samples.length);
        samples.push(file.subarray(at, at + size));
        at += size;
      }
    }
    return samples;
  });
}
