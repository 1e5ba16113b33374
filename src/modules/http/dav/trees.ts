import { type FileStat, type Files, failed, type SystemError } from '../../../host/host.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { besideOf } from '../../../runtime/http/temporary-name.ts';
import { davError } from './errors.ts';

/** Who may read a directory may enter it (ngx_dir_access). */
export function directoryMode(access: number): number {
  return access | ((access & 0o444) >> 2);
}

/** Makes the directories that a path needs (ngx_create_full_path). */
export function createPathTo(files: Files, path: string, mode: number): SystemError | undefined {
  for (let slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const directory = path.slice(0, slash);
    if (!failed(files.stat(directory))) continue;
    const error = files.makeDirectory(directory, mode);
    if (error && error.errno !== 'EEXIST') return error;
  }
  return undefined;
}

/** Removes a file, or a directory with all that is in it; 0, or the status of a refusal (ngx_http_dav_delete_path). */
export function removePath(r: RequestState, files: Files, path: string, isDirectory: boolean): number {
  const error = isDirectory ? removeTree(r, files, path) : files.remove(path);
  return error ? davError(r, error, 404, `${isDirectory ? 'rmdir' : 'unlink'}() "${path}"`) : 0;
}

/** What cannot be removed inside is logged and stays; the outermost directory's failure is returned. */
function removeTree(r: RequestState, files: Files, path: string): SystemError | undefined {
  const names = files.list(path);
  if (failed(names)) return names;
  for (const name of names) {
    const at = `${path}/${name}`;
    const stat = files.statLink(at);
    const isDirectory = !failed(stat) && stat.kind === 'directory';
    const error = isDirectory ? removeTree(r, files, at) : files.remove(at);
    if (error) davError(r, error, 0, `${isDirectory ? 'rmdir' : 'unlink'}() "${at}"`);
  }
  return files.removeDirectory(path);
}

/** Copies a file with its permissions and time (ngx_copy_file); true when that went well. */
export function copyFile(r: RequestState, files: Files, from: string, to: string, stat: FileStat): boolean {
  const error = copyContent(r, files, from, to, stat);
  if (error) davError(r, error, 404, `open() "${from}" or "${to}"`);
  return !error;
}

/** Moves a file, to another file system too (ngx_ext_rename_file). */
export function moveFile(r: RequestState, files: Files, from: string, to: string): SystemError | undefined {
  const error = files.rename(from, to);
  if (error?.errno !== 'EXDEV') return error;
  const stat = files.stat(from);
  return failed(stat) ? stat : (copyContent(r, files, from, to, stat) ?? files.remove(from));
}

/** So much is copied at a time. */
const piece = 262_144;

/** Under another name first, so that nobody sees half of it. */
function copyContent(r: RequestState, files: Files, from: string, to: string, stat: FileStat): SystemError | undefined {
  const { mode, mtime, size } = stat;
  const beside = besideOf(to, r.connection.engine.temporary++);
  const file = files.create(beside, mode);
  if (failed(file)) return file;
  let error: SystemError | undefined;
  for (let at = 0; at < size && !error; at += piece) {
    const content = files.read(from, at, Math.min(piece, size - at));
    error = failed(content) ? content : file.write(content);
  }
  file.close();
  error ??= files.touch(beside, mtime) ?? files.rename(beside, to);
  if (error) files.remove(beside);
  return error;
}

/** Copies what a directory holds into one that is there; what cannot be copied is logged (ngx_http_dav_copy_tree_file). */
export function copyTree(r: RequestState, files: Files, from: string, to: string): boolean {
  const names = files.list(from);
  if (failed(names)) return false;
  for (const name of names) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    const stat = files.stat(source);
    if (failed(stat)) continue;
    if (stat.kind === 'file') copyFile(r, files, source, target, stat);
    if (stat.kind !== 'directory') continue;
    const error = files.makeDirectory(target, directoryMode(stat.mode));
    if (error) davError(r, error, 404, `mkdir() "${target}"`);
    copyTree(r, files, source, target);
    files.touch(target, stat.mtime);
  }
  return true;
}
