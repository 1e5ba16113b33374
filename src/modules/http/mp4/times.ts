import type { Problem } from './atoms.ts';

/** Which part of a film is asked for, in milliseconds; a length of 0 goes to its end. */
export interface Section {
  readonly start: number;
  readonly length: number;
}

/** What the cutting of every table looks at. */
export interface FilmFacts {
  /** Its path, for messages. */
  readonly file: string;
  readonly section: Section;
  /** True when the first sample shall be a key frame (mp4_start_key_frame). */
  readonly startKeyFrame: boolean;
  /** Bytes of the file. */
  readonly size: number;
  /** Of mvhd: units a second. */
  readonly timescale: number;
}

/** A number in units of a timescale: milliseconds of it. */
export function inUnits(milliseconds: number, timescale: number): bigint {
  return (BigInt(milliseconds) * BigInt(timescale)) / 1000n;
}

/** Where mvhd, tkhd and mdhd have their fields: with four bytes for times, and with eight (version 1). */
const layouts = {
  mvhd: [
    { least: 100, timescale: 12, duration: 16 },
    { least: 112, timescale: 20, duration: 24 },
  ],
  tkhd: [
    { least: 84, timescale: -1, duration: 20 },
    { least: 96, timescale: -1, duration: 28 },
  ],
  mdhd: [
    { least: 24, timescale: 12, duration: 16 },
    { least: 36, timescale: 20, duration: 24 },
  ],
} as const;

/** An atom that says how long something lasts. */
export class Timed {
  private constructor(
    readonly data: Buffer,
    /** 0 when the atom has none. */
    readonly timescale: number,
    private readonly at: number,
  ) {}

  static read(name: keyof typeof layouts, data: Buffer, file: string): Timed | Problem {
    const [first, second] = layouts[name];
    const layout = (data[0] ?? 0) === 0 ? first : second;
    if (data.length < first.least || data.length < layout.least) return { problem: `"${file}" mp4 ${name} atom too small` };
    return new Timed(data, layout.timescale < 0 ? 0 : data.readUInt32BE(layout.timescale), layout.duration);
  }

  private get isLong(): boolean {
    return this.data[0] !== 0;
  }

  get duration(): bigint {
    return this.isLong ? this.data.readBigUInt64BE(this.at) : BigInt(this.data.readUInt32BE(this.at));
  }

  set duration(units: bigint) {
    if (this.isLong) this.data.writeBigUInt64BE(BigInt.asUintN(64, units), this.at);
    else this.data.writeUInt32BE(Number(BigInt.asUintN(32, units)), this.at);
  }

  /** What is left of it when a section begins; a timescale of another atom's where this one has none. */
  left({ start }: Section, timescale = this.timescale): bigint {
    return this.duration - inUnits(start, timescale);
  }

  /** Lasts as long as the section, at most. */
  cut(section: Section, timescale = this.timescale): void {
    const left = this.left(section, timescale);
    const most = inUnits(section.length, timescale);
    this.duration = section.length > 0 && left > most ? most : left;
  }
}
