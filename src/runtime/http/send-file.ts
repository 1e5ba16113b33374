import { type FileStat, type Files, failed } from '../../host/host.ts';
import type { Verdict } from '../hooks.ts';
import { contentTypeOf } from './content-type.ts';
import { filePath } from './file-path.ts';
import type { RequestState } from './request-state.ts';
import { statFile } from './stat-file.ts';
import { systemErrorText } from './system-error-text.ts';

/** Larger files are read and sent in pieces. */
const piece = 262_144;

/** A file to send: its bytes from `start` to `end`, or to its own end, behind `before`. */
export interface FileToSend {
  readonly path: string;
  readonly stat: FileStat;
  readonly start: number;
  readonly end?: number;
  readonly before: Buffer;
  /** Its Content-Encoding, when it has one. */
  readonly encoding?: string;
  /** False when parts of it cannot be asked for. */
  readonly ranges?: boolean;
}

/** The regular file that a request names; a verdict when none is sent (the beginning of ngx_http_flv_handler, ngx_http_mp4_handler). */
export function namedFile(r: RequestState, files: Files): Pick<FileToSend, 'path' | 'stat'> | Verdict {
  if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
  if (r.uri.endsWith('/')) return 'declined';
  const path = filePath(r);
  const stat = statFile(r, files, path);
  if (failed(stat)) return openFileFailed(r, path, stat.errno);
  return stat.kind === 'file' ? { path, stat } : 'declined';
}

/** Answers 200 with a regular file; its length, time, tag and type go into the head (the end of ngx_http_static_handler). */
export function sendFile(r: RequestState, files: Files, file: FileToSend): Verdict {
  const { stat, start, end = stat.size, before, encoding, ranges = true } = file;
  r.status = 200;
  r.headersOut.contentLength = before.length + end - start;
  r.headersOut.lastModified = stat.mtime;
  // The tag is of what is sent (ngx_http_set_etag).
  const length = r.headersOut.contentLength.toString(16);
  if (r.location.core.etag) r.headersOut.list.push('ETag', `"${stat.mtime.toString(16)}-${length}"`);
  r.headersOut.contentType = contentTypeOf(r);
  if (encoding !== undefined) r.headersOut.list.push('Content-Encoding', encoding);
  r.allowRanges = ranges;
  return end - start > piece ? sendPieces(r, files, file) : sendWhole(r, files, file);
}

/** Logs that a file cannot be opened; the status that answers. */
export function openFileFailed(r: RequestState, path: string, errno: string): number {
  const status = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errno)
    ? 404
    : errno === 'EACCES' || errno === 'ELOOP'
      ? 403
      : 500;
  if (status !== 404 || r.location.core.logNotFound)
    r.log(status === 500 ? 'crit' : 'error', `open() "${path}" failed (${systemErrorText({ errno })})`);
  return status;
}

function sendWhole(r: RequestState, files: Files, { path, start, end, before }: FileToSend): Verdict {
  const content = files.read(path, start, end === undefined ? undefined : end - start);
  if (failed(content)) {
    r.headersOut.list.length = 0;
    r.headersOut.contentLength = -1;
    return openFileFailed(r, path, content.errno);
  }
  r.headersOut.contentLength = before.length + content.length;
  if (!r.sendHeader() || r.done || r.finished) return 'done';
  r.write(behind(before, content));
  return 'ok';
}

function sendPieces(r: RequestState, files: Files, { path, stat, start, end = stat.size, before }: FileToSend): Verdict {
  if (!r.sendHeader() || r.done || r.finished) return 'done';
  if (r.headerOnly) return 'ok';
  let at = start;
  const more = (): void => {
    while (at < end) {
      const content = files.read(path, at, Math.min(piece, end - at));
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
  if (before.length > 0) r.write(before);
  more();
  return 'done';
}

function behind(before: Buffer, content: Buffer): Buffer {
  return before.length === 0 ? content : Buffer.concat([before, content]);
}
