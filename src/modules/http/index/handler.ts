import { type Files, failed } from '../../../host/host.ts';
import { handle, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
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
    if (name === '') return 'declined';
    if (name.startsWith('/')) return redirectTo(r, name);
    const path = filePath(r) + name;
    const stat = files.stat(path);
    if (!failed(stat)) {
      if (stat.kind === 'directory') continue;
      return redirectTo(r, r.uri + name);
    }
    if (stat.errno === 'EACCES') return forbidden(r, path, stat.errno);
    if (stat.errno !== 'ENOENT' && stat.errno !== 'ENOTDIR' && stat.errno !== 'ENAMETOOLONG') return 500;
    if (!directoryTested) {
      directoryTested = true;
      const missing = testDirectory(r, files);
      if (missing !== 0) return missing;
    }
  }
  return 'declined';
}

function redirectTo(r: RequestState, uri: string): Verdict {
  r.redirect(uri, r.args);
  return 'done';
}

function forbidden(r: RequestState, path: string, errno: string): number {
  r.log('error', `"${path}" is forbidden (${systemErrorText({ errno })})`);
  return 403;
}

// ngx_http_index_test_dir
function testDirectory(r: RequestState, files: Files): number {
  const path = filePath(r).replace(/\/+$/, '');
  const stat = files.stat(path === '' ? '/' : path);
  if (!failed(stat)) return stat.kind === 'directory' ? 0 : 500;
  if (stat.errno === 'EACCES') return forbidden(r, path, stat.errno);
  if (r.location.core.logNotFound) r.log('error', `"${path}/index.html" is not found (${systemErrorText(stat)})`);
  return 404;
}
