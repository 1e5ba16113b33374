import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import { openDirectoryFailed } from '../../../runtime/http/open-failed.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { httpRandomIndex } from './directives.ts';

/** `random_index`: any of a directory's files answers for it. */
export const randomIndexHandler = handle(httpRandomIndex, {
  content({ enabled }, { host }) {
    return enabled ? (r) => redirectToAny(r as RequestState, host.files, () => host.random()) : undefined;
  },
});

// ngx_http_random_index_handler
function redirectToAny(r: RequestState, files: Files, random: () => number): Verdict {
  if (!r.uri.endsWith('/') || (r.method !== 'GET' && r.method !== 'HEAD' && r.method !== 'POST')) return 'declined';
  const path = filePath(r).slice(0, -1);
  const names = files.list(path === '' ? '/' : path);
  if (failed(names)) return openDirectoryFailed(r, path, names);
  const found: string[] = [];
  for (const name of names) {
    if (name.startsWith('.')) continue;
    let stat = files.stat(`${path}/${name}`);
    if (failed(stat) && stat.errno === 'ENOENT') stat = files.statLink(`${path}/${name}`);
    if (failed(stat)) {
      r.log('crit', `stat() "${path}/${name}" failed (${systemErrorText(stat)})`);
      return 500;
    }
    if (stat.kind === 'file') found.push(name);
  }
  const name = found[Math.floor(random() * found.length)];
  if (name === undefined) return 'declined';
  r.redirect(r.uri + name, r.args);
  return 'done';
}
