import type { Files, NewFile } from '../../host/host.ts';
import { failed } from '../../host/host.ts';
import type { RequestBody } from './request.ts';
import type { BodySink, RequestState } from './request-state.ts';
import { systemErrorText } from './system-error-text.ts';
import { belowBase, besideOf, temporaryName } from './temporary-name.ts';

/**
 * Gives a body its file where the location wants one, or where the body is too large for its buffer; false when that fails.
 * nginx removes the name of a file that is no more than a large buffer at once, so such a file has a name only
 * (ngx_http_write_request_body, ngx_open_tempfile).
 */
export function keepInFile(r: RequestState, { length, chunks }: RequestBody): boolean {
  const { core, bodyPath } = r.location;
  const only = core.clientBodyInFileOnly;
  if (only === 'off' && !overflows(r, length)) return true;
  const { engine } = r.connection;
  const { files } = engine.host;
  let path = '';
  do path = temporaryName(bodyPath, core.clientBodyTempPath.levels, engine.temporary++);
  while (only !== 'off' && !failed(files.stat(path)));
  r.bodyFile = path;
  const error = only === 'off' ? undefined : belowBase(files, bodyPath, path, () => files.write(path, chunks, 0o600));
  if (error) {
    r.bodyFile = '';
    r.log('crit', `open() "${path}" failed (${systemErrorText(error)})`);
    return false;
  }
  r.log(only === 'off' ? 'warn' : 'notice', `a client request body is buffered to a temporary file ${path}`);
  return true;
}

/** The request is over: with `clean` its file goes. */
export function forgetBodyFile(r: RequestState): void {
  if (r.bodyFile !== '' && r.location.core.clientBodyInFileOnly === 'clean') r.connection.engine.host.files.remove(r.bodyFile);
}

// ngx_http_read_client_request_body: a little more than the buffer makes a larger buffer.
function overflows(r: RequestState, length: number): boolean {
  const size = r.location.core.clientBodyBufferSize;
  return r.headersIn.chunked ? length > size : length >= size + Math.floor(size / 4);
}

/** A body that is written to a file while it arrives (nginx: request_body_in_file_only). */
export class BodyFile implements BodySink {
  readonly path: string;
  private readonly r: RequestState;
  private readonly file: NewFile;

  constructor(r: RequestState, path: string, file: NewFile) {
    this.r = r;
    this.path = r.bodyFile = path;
    this.file = file;
    // Whoever wants the file gives it another name.
    r.cleanup(() => r.connection.engine.host.files.remove(path));
  }

  take(chunk: Buffer): boolean {
    const error = this.file.write(chunk);
    if (error) this.r.log('crit', `pwrite() "${this.path}" failed (${systemErrorText(error)})`);
    return !error;
  }

  end(length: number): RequestBody {
    this.file.close();
    return { length, chunks: [] };
  }

  drop(): void {
    this.file.close();
  }
}

/** Locations whose directory may not be written to, or cannot be made. */
const unwritable = new WeakSet<object>();

/**
 * Begins the file of a body in the location's directory, or beside `place` where that may not be written to; null, and
 * logged, when it cannot.
 */
export function newBodyFile(r: RequestState, mode: number, place: string): BodyFile | null {
  const { core, bodyPath } = r.location;
  const { engine } = r.connection;
  const { files } = engine.host;
  for (;;) {
    const number = engine.temporary++;
    const isBeside = unwritable.has(r.location);
    const path = isBeside
      ? besideOf(existing(files, place), number)
      : temporaryName(bodyPath, core.clientBodyTempPath.levels, number);
    const create = () => files.create(path, mode);
    const file = isBeside ? create() : belowBase(files, bodyPath, path, create);
    if (!failed(file)) return new BodyFile(r, path, file);
    if (!isBeside && (file.errno === 'EACCES' || file.errno === 'ENOENT')) unwritable.add(r.location);
    else if (file.errno !== 'EEXIST') {
      r.log('crit', `open() "${path}" failed (${systemErrorText(file)})`);
      return null;
    }
  }
}

/** The place itself, or the first directory on the way to it that is not there yet. */
function existing(files: Files, place: string): string {
  let path = place;
  for (let slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
    if (!failed(files.stat(place.slice(0, slash)))) break;
    path = place.slice(0, slash);
  }
  return path;
}
