import { type Files, failed, type SystemError } from '../../../host/host.ts';
import { type AtomHeader, longHeader, makeAtom, type Problem, readHeader } from './atoms.ts';
import { Film } from './film.ts';
import type { Section } from './times.ts';

/** What becomes of a file: its bytes between two offsets, behind others. */
export interface CutFile {
  readonly before: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What the configuration says about cutting; sizes in bytes. */
export interface Limits {
  readonly bufferSize: number;
  readonly maxBufferSize: number;
  readonly startKeyFrame: boolean;
}

/** Cuts a file to a section; null when it is to be sent as it is (ngx_http_mp4_process). */
export function cutFile(files: Files, path: string, size: number, section: Section, limits: Limits): CutFile | Problem | null {
  const reader = new FileReader(files, path, size, section, limits);
  const outcome = reader.read();
  return outcome === 'whole' ? null : (outcome ?? reader.cut());
}

/** Reads the atoms of a file as far as they are needed. */
class FileReader {
  private readonly film: Film;
  private ftyp: Buffer | null = null;
  private hasMoov = false;
  private mdatEnd = -1;

  constructor(
    private readonly files: Files,
    private readonly path: string,
    private readonly size: number,
    private readonly section: Section,
    private readonly limits: Limits,
  ) {
    this.film = new Film(path, section, limits.startKeyFrame, size);
  }

  /** `whole` when the section is the whole film, and nothing has to be put in order. */
  read(): Problem | 'whole' | null {
    for (let at = 0; at < this.size; ) {
      const bytes = this.bytes(at, 16);
      if ('problem' in bytes) return bytes;
      const header = readHeader(bytes, this.size - at, this.path);
      if (header === null) return null;
      if ('problem' in header) return header;
      const outcome = this.take(header, at);
      if (outcome === 'enough') return null;
      if (outcome !== null) return outcome;
      at += header.size;
    }
    return null;
  }

  private take({ name, headerSize, size }: AtomHeader, at: number): Problem | 'whole' | 'enough' | null {
    const [start, length] = [at + headerSize, size - headerSize];
    if (name === 'ftyp') return this.takeFtyp(start, length);
    if (name === 'moov') return this.takeMoov(start, length);
    if (name !== 'mdat') return null;
    if (this.mdatEnd >= 0) return { problem: `duplicate mp4 mdat atom in "${this.path}"` };
    this.mdatEnd = start + length;
    return this.film.tracks.length > 0 ? 'enough' : null;
  }

  // ngx_http_mp4_read_ftyp_atom
  private takeFtyp(start: number, length: number): Problem | null {
    if (length > 1024) return { problem: `"${this.path}" mp4 ftyp atom is too large:${length}` };
    if (this.ftyp) return { problem: `duplicate mp4 ftyp atom in "${this.path}"` };
    const data = this.bytes(start, length);
    if ('problem' in data) return data;
    this.ftyp = makeAtom('ftyp', data);
    return null;
  }

  // ngx_http_mp4_read_moov_atom
  private takeMoov(start: number, length: number): Problem | 'whole' | 'enough' | null {
    const { path, section, limits, mdatEnd } = this;
    if (mdatEnd < 0 && section.start === 0 && section.length === 0) return 'whole';
    if (this.hasMoov) return { problem: `duplicate mp4 moov atom in "${path}"` };
    this.hasMoov = true;
    if (length > limits.bufferSize && length > limits.maxBufferSize)
      return {
        problem: `"${path}" mp4 moov atom is too large:${length}, you may want to increase mp4_max_buffer_size`,
      };
    const data = this.bytes(start, length);
    if ('problem' in data) return data;
    return this.film.read(Buffer.from(data)) ?? (mdatEnd < 0 ? null : 'enough');
  }

  private bytes(start: number, length: number): Buffer | Problem {
    const bytes: Buffer | SystemError = this.files.read(this.path, start, Math.min(length, this.size - start));
    return failed(bytes) ? { problem: `read() "${this.path}" failed (${bytes.errno})` } : bytes;
  }

  /** The head of a new file, and the part of the old one that follows it. */
  cut(): CutFile | Problem {
    const { film, path, mdatEnd } = this;
    if (film.tracks.length === 0) return { problem: `no mp4 trak atoms were found in "${path}"` };
    if (mdatEnd < 0) return { problem: `no mp4 mdat atom was found in "${path}"` };
    const ftyp = this.ftyp ?? Buffer.alloc(0);
    const cut = film.cut(mdatEnd, (dataSize) => ftyp.length + longHeader('mdat', dataSize).length);
    if ('problem' in cut) return cut;
    const { moov, start, end } = cut;
    return { before: Buffer.concat([ftyp, moov, longHeader('mdat', end - start)]), start, end };
  }
}
