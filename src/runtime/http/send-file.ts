import { type FileStat, type Files, failed, type SystemError } from '../../host/host.ts';
import type { Verdict } from '../hooks.ts';
import { contentTypeOf } from './content-type.ts';
import { filePath } from './file-path.ts';
import { type Parts, takeParts } from './ranges.ts';
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
  if (failed(content)) return refused(r, path, content.errno);
  r.headersOut.contentLength = before.length + content.length;
  if (!r.sendHeader() || r.done || r.finished) return 'done';
  r.write(behind(before, content));
  return 'ok';
}

/** A piece of a response: bytes that are here, or bytes of the file. */
type Piece = Buffer | { at: number; readonly end: number };

function sendPieces(r: RequestState, files: Files, file: FileToSend): Verdict {
  const { path, stat, start, end = stat.size, before } = file;
  const first = files.read(path, start, 1);
  if (failed(first)) return refused(r, path, first.errno);
  const read = (at: number, length: number) => files.read(path, at, length);
  return sendBytes(r, { start, end, before, read });
}

/** Bytes of a file behind others. */
export interface BytesToSend {
  readonly start: number;
  readonly end: number;
  readonly before: Buffer;
  /** Nothing, or a failure, when the file has become shorter. */
  read(at: number, length: number): Buffer | SystemError;
}

/** Sends the head and bytes that are read while they are sent; 'done' when the request is finalized here. */
export function sendBytes(r: RequestState, bytes: BytesToSend): Verdict {
  if (!r.sendHeader() || r.done || r.finished) return 'done';
  if (r.headerOnly) return 'ok';
  const pieces = piecesOf(bytes, r.slice ? null : takeParts(r));
  let index = 0;
  const more = (): void => {
    for (let next = pieces[index]; next; next = pieces[index]) {
      const content = nextOf(next, bytes);
      if (!content) {
        r.finalize(-1);
        return;
      }
      if (Buffer.isBuffer(next) || next.at >= next.end) index++;
      if (!r.write(content)) return;
    }
    r.onWritable = null;
    r.finalize(0);
  };
  r.onWritable = more;
  more();
  return 'done';
}

/** What is sent of a file and what stands before it: all of it, or the parts that were asked for. */
function piecesOf({ start, end, before }: BytesToSend, wanted: Parts | null): Piece[] {
  const pieces: Piece[] = [];
  if (!wanted) {
    if (before.length > 0) pieces.push(before);
    if (end > start) pieces.push({ at: start, end });
    return pieces;
  }
  const shift = start - before.length;
  for (const part of wanted.parts) {
    if (part.before !== '') pieces.push(Buffer.from(part.before, 'latin1'));
    if (part.start < before.length) pieces.push(before.subarray(part.start, part.end));
    if (part.end > before.length) pieces.push({ at: Math.max(start, part.start + shift), end: part.end + shift });
  }
  if (wanted.after !== '') pieces.push(Buffer.from(wanted.after, 'latin1'));
  return pieces;
}

/** The next bytes of a piece; undefined when the file has become shorter. */
function nextOf(next: Piece, { read }: BytesToSend): Buffer | undefined {
  if (Buffer.isBuffer(next)) return next;
  const content = read(next.at, Math.min(piece, next.end - next.at));
  if (failed(content) || content.length === 0) return undefined;
  next.at += content.length;
  return content;
}

/** The file cannot be read: the head is as if it had never been looked at. */
function refused(r: RequestState, path: string, errno: string): number {
  r.headersOut.list.length = 0;
  r.headersOut.contentLength = -1;
  return openFileFailed(r, path, errno);
}

function behind(before: Buffer, content: Buffer): Buffer {
  return before.length === 0 ? content : Buffer.concat([before, content]);
}
