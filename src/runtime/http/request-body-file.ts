import type { Files, SystemError } from '../../host/host.ts';
import { failed } from '../../host/host.ts';
import type { RequestBody } from './request.ts';
import type { RequestState } from './request-state.ts';
import { systemErrorText } from './system-error-text.ts';

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
  const error = only === 'off' ? undefined : writeBelow(files, bodyPath, path, chunks);
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

/** Ten digits, in directories named by the last of them (ngx_create_hashed_filename). */
function temporaryName(base: string, levels: readonly number[], number: number): string {
  const name = String(number).padStart(10, '0');
  let end = name.length;
  let path = base;
  for (const level of levels) {
    path += `/${name.slice(end - level, end)}`;
    end -= level;
  }
  return `${path}/${name}`;
}

/** Makes the directories when they are missing (ngx_create_path). */
function writeBelow(files: Files, base: string, path: string, chunks: readonly Buffer[]): SystemError | undefined {
  const error = files.write(path, chunks, 0o600);
  if (error?.errno !== 'ENOENT') return error;
  for (let end = base.length; end > 0; end = path.indexOf('/', end + 1)) {
    const made = files.makeDirectory(path.slice(0, end), 0o700);
    if (made && made.errno !== 'EEXIST') return made;
  }
  return files.write(path, chunks, 0o600);
}
