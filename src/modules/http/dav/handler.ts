import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { escapeUri } from '../../../runtime/http/escape.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import { parseHttpTime } from '../../../runtime/http/http-time.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { copyOrMove } from './copy-move.ts';
import { httpDav } from './directives.ts';
import { davError, depthOf, infinity } from './errors.ts';
import { createPathTo, directoryMode, moveFile, removePath } from './trees.ts';

type Settings = ValuesOf<typeof httpDav.settings>;

/** `dav_methods`: PUT, DELETE, MKCOL, COPY and MOVE on files. */
export const davHandler = handle(httpDav, {
  content(settings, at) {
    const methods = new Set(settings.methods.flat().map((method) => method.toUpperCase()));
    methods.delete('OFF');
    if (methods.size === 0) return undefined;
    const { files } = at.host;
    return (r) => (methods.has(r.method) ? act(r as RequestState, files, settings) : 'declined');
  },
});

// ngx_http_dav_handler
function act(r: RequestState, files: Files, settings: Settings): Verdict {
  switch (r.method) {
    case 'PUT':
      return put(r, files, settings);
    case 'DELETE':
      return remove(r, files, settings.minDeleteDepth);
    case 'MKCOL':
      return makeCollection(r, files, settings.access);
    default:
      return copyOrMove(r, files, settings.access);
  }
}

function put(r: RequestState, files: Files, settings: Settings): Verdict {
  if (r.uri.endsWith('/')) {
    r.log('error', 'cannot PUT to a collection');
    return 409;
  }
  if (r.headersIn.get('content-range') !== undefined) {
    r.log('error', 'PUT with range is unsupported');
    return 501;
  }
  r.readBodyIntoFile(settings.access, filePath(r), (body) => store(r, files, settings, body));
  return 'done';
}

// ngx_http_dav_put_handler
function store(r: RequestState, files: Files, { access, createFullPutPath }: Settings, body: string): void {
  if (r.headersIn.contentLength < 0) {
    r.log('error', 'PUT request body is unavailable');
    r.finalize(500);
    return;
  }
  const path = filePath(r);
  const before = files.stat(path);
  if (!failed(before) && before.kind === 'directory') {
    r.log('error', `"${path}" could not be created (${systemErrorText({ errno: 'EISDIR' })})`);
    r.finalize(409);
    return;
  }
  const time = parseHttpTime(r.headersIn.get('date') ?? '');
  if (time !== -1) files.touch(body, time);
  let error = moveFile(r, files, body, path);
  if (error?.errno === 'ENOENT' && createFullPutPath)
    error = createPathTo(files, path, directoryMode(access)) ?? moveFile(r, files, body, path);
  if (error) {
    r.log('crit', `rename() "${body}" to "${path}" failed (${systemErrorText(error)})`);
    r.finalize(500);
    return;
  }
  r.status = failed(before) ? 201 : 204;
  if (failed(before)) {
    r.headersOut.location = escapeUri(r.uri);
    r.headersOut.contentLength = 0;
  }
  r.headerOnly = true;
  if (r.sendHeader()) r.finalize(0);
}

// ngx_http_dav_delete_handler
function remove(r: RequestState, files: Files, minDepth: number): Verdict {
  if (hasBody(r)) {
    r.log('error', 'DELETE with body is unsupported');
    return 415;
  }
  const depth = r.uri.split('/').length - 1 - (r.uri.endsWith('/') ? 1 : 0);
  if (minDepth > 0 && depth < minDepth) {
    r.log('error', `insufficient URI depth:${depth} to DELETE`);
    return 409;
  }
  const path = filePath(r);
  const stat = files.statLink(path);
  if (failed(stat)) return davError(r, stat, stat.errno === 'ENOTDIR' ? 409 : 404, `lstat() "${path}"`);
  const isDirectory = stat.kind === 'directory';
  if (isDirectory && !r.uri.endsWith('/')) {
    r.log('error', `DELETE "${path}" failed (${systemErrorText({ errno: 'EISDIR' })})`);
    return 409;
  }
  const asked = depthOf(r, isDirectory ? infinity : 0);
  if (asked !== infinity && (isDirectory || asked !== 0)) {
    r.log('error', `"Depth" header must be ${isDirectory ? 'infinity' : '0 or infinity'}`);
    return 400;
  }
  const refusal = removePath(r, files, isDirectory ? path.slice(0, -1) : path, isDirectory);
  return refusal === 0 ? 204 : refusal;
}

// ngx_http_dav_mkcol_handler
function makeCollection(r: RequestState, files: Files, access: number): Verdict {
  if (hasBody(r)) {
    r.log('error', 'MKCOL with body is unsupported');
    return 415;
  }
  if (!r.uri.endsWith('/')) {
    r.log('error', 'MKCOL can create a collection only');
    return 409;
  }
  const path = filePath(r).slice(0, -1);
  const error = files.makeDirectory(path, directoryMode(access));
  if (error) return davError(r, error, 409, `mkdir() "${path}"`);
  r.headersOut.location = escapeUri(r.uri);
  return 201;
}

function hasBody({ headersIn }: RequestState): boolean {
  return headersIn.contentLength > 0 || headersIn.chunked;
}
