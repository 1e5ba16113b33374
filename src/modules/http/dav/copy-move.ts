import { type FileStat, type Files, failed } from '../../../host/host.ts';
import type { Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { readUri } from '../../../runtime/http/unsafe-uri.ts';
import { davError, depthOf, infinity } from './errors.ts';
import { copyFile, copyTree, createPathTo, directoryMode, removePath } from './trees.ts';

/** What is copied, and where to; paths without a slash at the end. */
interface Task {
  readonly from: string;
  readonly to: string;
  /** Both are collections by their spelling. */
  readonly isCollection: boolean;
  readonly overwrite: boolean;
  /** The Destination as the client has it. */
  readonly named: string;
}

/** COPY and MOVE (ngx_http_dav_copy_move_handler). */
export function copyOrMove(r: RequestState, files: Files, access: number): Verdict {
  const task = taskOf(r);
  if (typeof task === 'number') return task;
  const target = prepareTarget(r, files, task);
  if (typeof target === 'number') return target;
  const stat = files.statLink(r.uri.endsWith('/') ? `${task.from}/` : task.from);
  if (failed(stat)) return davError(r, stat, 404, `lstat() "${task.from}"`);
  if (stat.kind !== 'directory') return transferFile(r, files, task, stat, access);
  if (!task.isCollection) return refuse(r, 400, `"${r.uri}" is collection`);
  if (target.exists) {
    const refusal = removePath(r, files, task.to, target.isDirectory);
    if (refusal !== 0) return refusal;
  }
  return transferTree(r, files, task, stat);
}

function taskOf(r: RequestState): Task | number {
  if (r.headersIn.contentLength > 0 || r.headersIn.chunked) return refuse(r, 415, 'COPY and MOVE with body are unsupported');
  const named = r.headersIn.get('destination');
  if (named === undefined) return refuse(r, 400, 'client sent no "Destination" header');
  const uri = destinationUri(r, named);
  if (typeof uri === 'number') return uri;
  const isCollection = r.uri.endsWith('/');
  if (isCollection !== named.endsWith('/')) {
    const both = `both URI "${r.uri}" and "Destination" URI "${named}"`;
    return refuse(r, 409, `${both} should be either collections or non-collections`);
  }
  const { alias } = r.location;
  if (alias > 0 && alias !== Infinity && uri.length < alias) return invalidDestination(r, named);
  const depth = depthOf(r, infinity);
  if (depth !== infinity && (r.method === 'MOVE' || depth !== 0))
    return refuse(r, 400, `"Depth" header must be ${r.method === 'MOVE' ? 'infinity' : '0 or infinity'}`);
  const overwrite = r.headersIn.get('overwrite') ?? 'T';
  if (!/^[TtFf]$/.test(overwrite)) return refuse(r, 400, `client sent invalid "Overwrite" header: "${overwrite}"`);
  const [from, to] = [plainPath(r, r.uri), plainPath(r, uri)];
  return sameOrWithin(r, { from, to, isCollection, overwrite: overwrite.toUpperCase() === 'T', named });
}

/** The path in `Destination`, which names this server or none. */
function destinationUri(r: RequestState, named: string): string | number {
  let path = named;
  if (!named.startsWith('/')) {
    if (r.host === '') return refuse(r, 400, 'client sent no "Host" header');
    if (!named.startsWith('http://')) return invalidDestination(r, named);
    if (!named.startsWith(r.host, 7)) {
      const text = `"Destination" URI "${named}" is handled by different repository than the source URI`;
      return refuse(r, 400, text);
    }
    const slash = named.indexOf('/', 7 + r.host.length);
    if (slash < 0) return invalidDestination(r, named);
    path = named.slice(slash);
  }
  const { uri, unsafe } = readUri(path);
  if (!unsafe) return uri;
  r.log('error', `unsafe URI "${path}" was detected`);
  return invalidDestination(r, named);
}

function invalidDestination(r: RequestState, named: string): number {
  return refuse(r, 400, `client sent invalid "Destination" header: "${named}"`);
}

function plainPath(r: RequestState, uri: string): string {
  const own = r.uri;
  r.uri = uri;
  const path = filePath(r)
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
  r.uri = own;
  return path;
}

// ngx_http_dav_validate_paths
function sameOrWithin(r: RequestState, task: Task): Task | number {
  const { from, to, isCollection, named } = task;
  if (from === to) return refuse(r, 403, `both URI "${r.uri}" and "Destination" URI "${named}" point to the same location`);
  if (isCollection && (to.startsWith(`${from}/`) || from.startsWith(`${to}/`))) return notToCollection(r, 403, named);
  return task;
}

/** Looks at what stands at the destination; a status when it may not be replaced. */
function prepareTarget(r: RequestState, files: Files, task: Task): { exists: boolean; isDirectory: boolean } | number {
  const { to, isCollection, overwrite, named } = task;
  const stat = files.statLink(to);
  if (failed(stat)) {
    if (stat.errno !== 'ENOENT') return davError(r, stat, 404, `lstat() "${to}"`);
    return { exists: false, isDirectory: false };
  }
  const isDirectory = stat.kind === 'directory';
  if (isDirectory && !isCollection) return notToCollection(r, 409, named);
  if (overwrite) return { exists: true, isDirectory };
  return refuse(r, 412, `"${to}" could not be created (${systemErrorText({ errno: 'EEXIST' })})`);
}

function notToCollection(r: RequestState, status: number, named: string): number {
  return refuse(r, status, `"${r.uri}" could not be ${r.method}ed to collection "${named}"`);
}

function transferTree(r: RequestState, files: Files, { from, to }: Task, { mode }: FileStat): Verdict {
  if (r.method === 'MOVE' && !files.rename(from, to)) return 201;
  const error = files.makeDirectory(to, mode);
  if (error) return davError(r, error, 404, `mkdir() "${to}"`);
  if (!copyTree(r, files, from, to)) return 500;
  const refusal = r.method === 'MOVE' ? removePath(r, files, from, true) : 0;
  return refusal === 0 ? 201 : refusal;
}

function transferFile(r: RequestState, files: Files, { from, to }: Task, stat: FileStat, access: number): Verdict {
  if (r.method === 'COPY') {
    const followed = files.stat(from);
    return copyFile(r, files, from, to, failed(followed) ? stat : followed) ? 204 : 500;
  }
  let error = files.rename(from, to);
  if (error?.errno === 'ENOENT') error = createPathTo(files, to, directoryMode(access)) ?? files.rename(from, to);
  if (error?.errno === 'EXDEV') return copyFile(r, files, from, to, stat) && !files.remove(from) ? 204 : 500;
  if (!error) return 204;
  r.log('crit', `rename() "${from}" to "${to}" failed (${systemErrorText(error)})`);
  return 500;
}

function refuse(r: RequestState, status: number, message: string): number {
  r.log('error', message);
  return status;
}
