import { makeAtom, type Outcome, type Problem, walkAtoms } from './atoms.ts';
import { CutTrack } from './cut-track.ts';
import { type FilmFacts, type Section, Timed } from './times.ts';
import { Track } from './track.ts';

/** What is read of a film before it is cut (ngx_http_mp4_file_t). */
export class Film implements FilmFacts {
  timescale = 0;
  readonly tracks: Track[] = [];
  private mvhd: Timed | null = null;

  constructor(
    readonly file: string,
    readonly section: Section,
    readonly startKeyFrame: boolean,
    readonly size: number,
  ) {}

  /** Reads the data of `moov`, which is changed later. */
  read(moov: Buffer): Problem | null {
    const outcome = walkAtoms(moov, this.file, (name, data) => this.take(name, data));
    return outcome === 'declined' ? null : outcome;
  }

  private take(name: string, data: Buffer): Outcome {
    if (name === 'mvhd') return this.takeHeader(data);
    if (name === 'cmov') return { problem: `"${this.file}" mp4 compressed moov atom (cmov) is not supported` };
    if (name !== 'trak') return null;
    const track = new Track(this);
    const outcome = track.read(data);
    if (outcome === null) this.tracks.push(track);
    return outcome === 'declined' ? null : outcome;
  }

  // ngx_http_mp4_read_mvhd_atom
  private takeHeader(data: Buffer): Problem | null {
    if (this.mvhd) return { problem: `duplicate mp4 mvhd atom in "${this.file}"` };
    const mvhd = Timed.read('mvhd', data, this.file);
    if ('problem' in mvhd) return mvhd;
    if (mvhd.left(this.section) < 0n) return { problem: `"${this.file}" mp4 start time exceeds file duration` };
    mvhd.cut(this.section);
    this.timescale = mvhd.timescale;
    this.mvhd = mvhd;
    return null;
  }

  /**
   * Cuts all tracks to the section (ngx_http_mp4_process): which bytes of the file are left, and the `moov` that goes
   * before them. `mdatEnd` is the offset behind the samples; `before` says how many bytes stand before `moov` and between
   * it and them.
   */
  cut(mdatEnd: number, before: (dataSize: number) => number): { moov: Buffer; start: number; end: number } | Problem {
    const { file, tracks } = this;
    const cuts: CutTrack[] = [];
    for (const track of tracks) {
      const cut = CutTrack.of(track, this, mdatEnd);
      if ('problem' in cut) return cut;
      cuts.push(cut);
    }
    const start = Math.min(this.size, ...cuts.map((cut) => cut.startOffset));
    const end = Math.max(0, ...cuts.map((cut) => cut.endOffset));
    if (end <= start) return { problem: `no data between start time and end time in "${file}"` };
    if (start >= mdatEnd) return { problem: `start time is out mp4 mdat atom in "${file}"` };
    const size = this.write(cuts).length;
    for (const cut of cuts) cut.move(before(end - start) + size - start);
    return { moov: this.write(cuts), start, end };
  }

  private write(cuts: readonly CutTrack[]): Buffer {
    return makeAtom('moov', ...(this.mvhd ? [makeAtom('mvhd', this.mvhd.data)] : []), ...cuts.map((cut) => cut.write()));
  }
}
