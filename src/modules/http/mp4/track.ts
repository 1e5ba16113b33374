import { makeAtom, type Outcome, type Problem, walkAtoms } from './atoms.ts';
import { Table } from './table.ts';
import { type FilmFacts, Timed } from './times.ts';

/** Tables: bytes before the rows, bytes of a row. */
const tables: Readonly<Record<string, readonly [fields: number, width: number]>> = {
  stts: [8, 8],
  stss: [8, 4],
  ctts: [8, 8],
  stsc: [8, 12],
  stco: [8, 4],
  co64: [8, 8],
};
const containers = ['mdia', 'minf', 'stbl'];
/** Names of which a track has one or the other. */
const kin: Readonly<Record<string, string>> = { vmhd: 'vmhd/smhd', smhd: 'vmhd/smhd', stco: 'stco/co64', co64: 'stco/co64' };

/** One track of a film: what is read of its atoms (ngx_http_mp4_trak_t). */
export class Track {
  readonly tables: Record<string, Table> = {};
  /** Atoms that stay as they are. */
  readonly kept: Record<string, Buffer> = {};
  tkhd: Timed | null = null;
  mdhd: Timed | null = null;
  /** Sizes of samples, when they have sizes of their own. */
  sizes: Table | null = null;
  private readonly seen = new Set<string>();

  constructor(private readonly film: FilmFacts) {}

  /** Reads the atoms of a `trak`; `declined` when the track ends before the section begins. */
  read(data: Buffer): Outcome {
    return walkAtoms(data, this.film.file, (name, inner) => this.take(name, inner));
  }

  private take(name: string, data: Buffer): Outcome {
    if (containers.includes(name)) return this.once(name) ?? this.read(data);
    if (name === 'tkhd' || name === 'mdhd') return this.takeTimed(name, data);
    if (name === 'stsz') return this.takeSizes(data);
    if (tables[name]) return this.takeTable(name, data);
    if (!['hdlr', 'vmhd', 'smhd', 'dinf', 'stsd'].includes(name)) return null;
    if (name === 'stsd' && data.length < 16) return { problem: `"${this.film.file}" mp4 stsd atom too small` };
    this.kept[name] = makeAtom(name, data);
    return this.once(name);
  }

  private once(name: string): Problem | null {
    const key = kin[name] ?? name;
    if (this.seen.has(key)) return { problem: `duplicate mp4 ${key} atom in "${this.film.file}"` };
    this.seen.add(key);
    return null;
  }

  // ngx_http_mp4_read_tkhd_atom, ngx_http_mp4_read_mdhd_atom
  private takeTimed(name: 'tkhd' | 'mdhd', data: Buffer): Outcome {
    const { film } = this;
    const timed = Timed.read(name, data, film.file);
    if ('problem' in timed) return timed;
    const timescale = name === 'tkhd' ? film.timescale : timed.timescale;
    if (timed.left(film.section, timescale) <= 0n) return 'declined';
    timed.cut(film.section, timescale);
    this[name] = timed;
    return this.once(name);
  }

  private takeTable(name: string, data: Buffer): Problem | null {
    const [fields, width] = tables[name] as readonly [number, number];
    const table = Table.read(name, data, this.film.file, fields, width);
    if ('problem' in table) return table;
    this.tables[name] = table;
    return this.once(name);
  }

  // ngx_http_mp4_read_stsz_atom
  private takeSizes(data: Buffer): Problem | null {
    if (data.length >= 12 && data.readUInt32BE(4) !== 0) this.kept.stsz = makeAtom('stsz', data);
    else {
      const table = Table.read('stsz', data, this.film.file, 12, 4);
      if ('problem' in table) return table;
      this.sizes = table;
    }
    return this.once('stsz');
  }
}
