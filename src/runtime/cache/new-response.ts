import { failed, type NewFile, type SystemError } from '../../host/host.ts';
import type { Request } from '../http/request.ts';
import { systemErrorText } from '../http/system-error-text.ts';
import { belowBase } from '../http/temporary-name.ts';
import type { CacheZone } from './cache-zone.ts';

/** A response that is being written into a cache; it takes its place when it is complete. */
export class NewResponse {
  private size = 0;

  private constructor(
    private readonly zone: CacheZone,
    private readonly place: string,
    private readonly path: string,
    private readonly file: NewFile,
    private readonly r: Request,
  ) {}

  /**
   * Begins it under a temporary name, in `directory` or, where that is none or may not be written to, beside its place;
   * null, and logged, when that fails.
   */
  static create(zone: CacheZone, place: string, directory: TemporaryDirectory | null, r: Request): NewResponse | null {
    const { files } = zone.env;
    const base = directory?.path ?? zone.conf.path;
    for (;;) {
      const path = directory ? directory.next() : zone.besideOf(place);
      const file = belowBase(files, base, path, () => files.create(path, 0o600));
      if (!failed(file)) return new NewResponse(zone, place, path, file, r);
      if (file.errno === 'EEXIST') continue;
      if (directory) return NewResponse.create(zone, place, null, r);
      r.log('crit', `open() "${path}" failed (${systemErrorText(file)})`);
      return null;
    }
  }

  write(piece: Buffer): boolean {
    const error = this.file.write(piece);
    if (error) this.r.log('crit', `pwrite() "${this.path}" failed (${systemErrorText(error)})`);
    else this.size += piece.length;
    return !error;
  }

  /** Gives it its name: its size in bytes, or null, and logged, when that fails. */
  finish(): number | null {
    const { zone, path, place } = this;
    const { files } = zone.env;
    this.file.close();
    const error = belowBase(files, zone.conf.path, place, () => this.moveTo(place));
    if (!error) return this.size;
    this.r.log('crit', `rename() "${path}" to "${place}" failed (${systemErrorText(error)})`);
    files.remove(path);
    return null;
  }

  /** To another file system it is copied (ngx_ext_rename_file). */
  private moveTo(place: string): SystemError | undefined {
    const { path } = this;
    const { files } = this.zone.env;
    const error = files.rename(path, place);
    if (error?.errno !== 'EXDEV') return error;
    const bytes = files.read(path);
    const failure = failed(bytes) ? bytes : files.write(place, [bytes], 0o600);
    if (!failure) files.remove(path);
    return failure;
  }

  drop(): void {
    this.file.close();
    this.zone.removeFile(this.path);
  }
}

/** Where temporary files of a location are. */
export interface TemporaryDirectory {
  readonly path: string;
  /** A name that was not used yet. */
  next(): string;
}
