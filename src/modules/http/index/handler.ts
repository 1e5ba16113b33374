import { type Files, failed } from '../../../host/host.ts';
import { handle, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { statFile } from '../../../runtime/http/stat-file.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { httpIndex } from './directives.ts';

/** `index`: what answers for a URI that ends in a slash. */
export const indexHandler = handle(httpIndex, {
  content({ names }, at) {
    const scripts = names.flat().map((name) => at.script(name));
    const { files } = at.host;
    return (r) => findIndex(r as RequestState, scripts, files);
  },
});

// ngx_http_index_handler
function findIndex(r: RequestState, scripts: readonly Script[], files: Files): Verdict {
  if (!r.uri.endsWith('/') || (r.method !== 'GET' && r.method !== 'HEAD' && r.method !== 'POST')) return 'declined';
  let directoryTested = false;
  for (const script of scripts) {
    const name = script(r);
    if (name.startsWith('/')) return redirectTo(r, name);
    const path = filePath(r) + name;
    const stat = statFile(r, files, path);
    if (!failed(stat)) return redirectTo(r, r.uri + name);
    if (stat.errno === 'ELOOP') return 403;
    if (['ENOTDIR', 'ENAMETOOLONG', 'EACCES'].includes(stat.errno)) return refuse(r, path, stat.errno);
    if (!directoryTested) {
      directoryTested = true;
      const missing = testDirectory(r, files, path);
      if (missing !== 0) return missing;
    }
    if (stat.errno === 'ENOENT') continue;
    r.log('crit', `stat() "${path}" failed (${systemErrorText(stat)})`);
    return 500;
  }
  return 'declined';
}

function redirectTo(r: RequestState, uri: string): Verdict {
  r.redirect(uri, r.args);
  return 'done';
}

// ngx_http_index_error
function refuse(r: RequestState, path: string, errno: string): number {
  const isForbidden = errno === 'EACCES';
  if (isForbidden || r.location.core.logNotFound)
    r.log('error', `"${path}" is ${isForbidden ? 'forbidden' : 'not found'} (${systemErrorText({ errno })})`);
  return isForbidden ? 403 : 404;
}

// ngx_http_index_test_dir
function testDirectory(r: RequestState, files: Files, tried: string): number {
  const path = filePath(r).replace(/\/+$/, '');
  const stat = statFile(r, files, path === '' ? '/' : path);
  if (failed(stat)) {
    if (stat.errno === 'ELOOP') return 403;
    if (stat.errno === 'ENOENT') return refuse(r, tried, stat.errno);
    // The first name has been looked for without an EACCES, so names in there may be asked for.
    if (stat.errno === 'EACCES') return 0;
    r.log('crit', `stat() "${path}" failed (${systemErrorText(stat)})`);
    return 500;
  }
  if (stat.kind === 'directory') return 0;
  r.log('alert', `"${path}" is not a directory`);
  return 500;
}
