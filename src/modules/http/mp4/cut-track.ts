import { makeAtom, type Problem } from './atoms.ts';
import { type Cuts, cutChunks } from './chunks.ts';
import { chunkOffsets, type Offsets } from './offsets.ts';
import { cutSamples, type Samples } from './samples.ts';
import type { FilmFacts } from './times.ts';
import type { Track } from './track.ts';

/** A track, cut to a section. */
export class CutTrack {
  private constructor(
    private readonly track: Track,
    private readonly samples: Samples,
    private readonly chunks: Cuts,
    private readonly offsets: Offsets,
  ) {}

  /** Cuts a track's tables, one after the other; what one says is needed for the next. */
  static of(track: Track, film: FilmFacts, mdatEnd: number): CutTrack | Problem {
    const samples = cutSamples(track, film);
    if ('problem' in samples) return samples;
    const chunks = cutChunks(track, film, samples);
    if ('problem' in chunks) return chunks;
    const offsets = chunkOffsets(track, film, samples, chunks, mdatEnd);
    return 'problem' in offsets ? offsets : new CutTrack(track, samples, chunks, offsets);
  }

  /** Which bytes of the file its samples lie in. */
  get startOffset(): number {
    return this.offsets.start;
  }

  get endOffset(): number {
    return this.offsets.end;
  }

  /** Its chunks lie elsewhere, by so many bytes (ngx_http_mp4_adjust_stco_atom). */
  move(bytes: number): void {
    this.offsets.move(bytes);
  }

  /** The `trak` atom, with its atoms in nginx's order. */
  write(): Buffer {
    const { tkhd, mdhd, tables, kept, sizes } = this.track;
    const { prefix, movieDuration } = this.samples;
    const some = (...atoms: readonly (Buffer | false | null | undefined)[]) =>
      atoms.flatMap((atom) => (atom instanceof Buffer ? [atom] : []));
    const stbl = makeAtom(
      'stbl',
      ...some(
        kept.stsd,
        tables.stts?.write(),
        tables.stss?.write(),
        tables.ctts && tables.ctts.count > 0 && tables.ctts.write(),
        tables.stsc?.write(this.chunks.before, this.chunks.after),
        kept.stsz ?? sizes?.write(),
        tables.stco?.write(),
        tables.co64?.write(),
      ),
    );
    const minf = makeAtom('minf', ...some(kept.vmhd, kept.smhd, kept.dinf, stbl));
    const mdia = makeAtom('mdia', ...some(mdhd && makeAtom('mdhd', mdhd.data), kept.hdlr, minf));
    const edts = prefix > 0n && makeEdits(prefix, movieDuration);
    return makeAtom('trak', ...some(tkhd && makeAtom('tkhd', tkhd.data), edts, mdia));
  }
}

/** Samples before the start, sent so that there is a key frame, are not shown (ngx_http_mp4_update_edts_atom). */
function makeEdits(prefix: bigint, duration: bigint): Buffer {
  const list = Buffer.alloc(28);
  list.writeUInt8(1, 0);
  list.writeUInt32BE(1, 4);
  list.writeBigUInt64BE(BigInt.asUintN(64, duration), 8);
  list.writeBigUInt64BE(prefix, 16);
  list.writeUInt16BE(1, 24);
  return makeAtom('edts', makeAtom('elst', list));
}
