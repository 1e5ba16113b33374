import { type FileStat, type Files, failed, type SystemError } from '../../../host/host.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
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
export function copyFile(r: RequestState, files: Files, from: string, to: string, { mode, mtime }: FileStat): boolean {
  const content = files.read(from);
  const error = failed(content) ? content : (files.write(to, [content], mode) ?? files.touch(to, mtime));
  if (error) davError(r, error, 404, `open() "${failed(content) ? from : to}"`);
  return !error;
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
