import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { contentTypeOf } from '../../../runtime/http/content-type.ts';
import { escapeUri } from '../../../runtime/http/escape.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { httpStatic } from './directives.ts';

/** Larger files are read and sent in pieces. */
const piece = 262_144;

/** Files from the disk, for every location that nothing else answers. */
export const staticHandler = handle(httpStatic, {
  content: (_, at) => (r) => sendFile(r as RequestState, at.host.files),
});

// ngx_http_static_handler
function sendFile(r: RequestState, files: Files): Verdict {
  if (r.method !== 'GET' && r.method !== 'HEAD' && r.method !== 'POST') return 405;
  if (r.uri.endsWith('/')) return 'declined';
  const path = filePath(r);
  const stat = files.stat(path);
  if (failed(stat)) return openFailed(r, path, stat.errno);
  if (stat.kind === 'directory') {
    r.headersOut.location = `${escapeUri(r.uri)}/${r.args === '' ? '' : `?${r.args}`}`;
    return 301;
  }
  if (stat.kind !== 'file') {
    r.log('crit', `"${path}" is not a regular file`);
    return 404;
  }
  if (r.method === 'POST') return 405;
  r.status = 200;
  r.headersOut.contentLength = stat.size;
  r.headersOut.lastModified = stat.mtime;
  if (r.location.core.etag) r.headersOut.list.push('ETag', `"${stat.mtime.toString(16)}-${stat.size.toString(16)}"`);
  r.headersOut.contentType = contentTypeOf(r);
  r.allowRanges = true;
  return stat.size > piece ? sendPieces(r, files, path, stat.size) : sendWhole(r, files, path);
}

function openFailed(r: RequestState, path: string, errno: string): Verdict {
  const status = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errno)
    ? 404
    : errno === 'EACCES' || errno === 'ELOOP'
      ? 403
      : 500;
  if (status !== 404 || r.location.core.logNotFound)
    r.log(status === 500 ? 'crit' : 'error', `open() "${path}" failed (${systemErrorText({ errno })})`);
  return status;
}

function sendWhole(r: RequestState, files: Files, path: string): Verdict {
  const content = files.read(path);
  if (failed(content)) {
    r.headersOut.list.length = 0;
    r.headersOut.contentLength = -1;
    return openFailed(r, path, content.errno);
  }
  r.headersOut.contentLength = content.length;
  r.sendHeader();
  if (r.done || r.finished) return 'done';
  r.write(content);
  return 'ok';
}

function sendPieces(r: RequestState, files: Files, path: string, size: number): Verdict {
  r.sendHeader();
  if (r.done || r.finished) return 'done';
  if (r.headerOnly) return 'ok';
  if (r.transforms.length > 0) {
    const content = files.read(path);
    if (failed(content)) return -1;
    r.write(content);
    return 'ok';
  }
  let at = 0;
  const more = (): void => {
    while (at < size) {
      const content = files.read(path, at, Math.min(piece, size - at));
      if (failed(content) || content.length === 0) {
        r.finalize(-1);
        return;
      }
      at += content.length;
      if (!r.write(content)) return;
    }
    r.onWritable = null;
    r.finalize(0);
  };
  r.onWritable = more;
  more();
  return 'done';
}
