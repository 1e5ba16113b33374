import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { escapeUri } from '../../../runtime/http/escape.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { openFileFailed, sendFile } from '../../../runtime/http/send-file.ts';
import { statFile } from '../../../runtime/http/stat-file.ts';
import { httpStatic } from './directives.ts';

/** Files from the disk, for every location that nothing else answers. */
export const staticHandler = handle(httpStatic, {
  content: (_, at) => (r) => answer(r as RequestState, at.host.files),
});

const nothing = Buffer.alloc(0);

// ngx_http_static_handler
function answer(r: RequestState, files: Files): Verdict {
  if (r.method !== 'GET' && r.method !== 'HEAD' && r.method !== 'POST') return 405;
  if (r.uri.endsWith('/')) return 'declined';
  const path = filePath(r);
  const stat = statFile(r, files, path);
  if (failed(stat)) return openFileFailed(r, path, stat.errno);
  if (stat.kind === 'directory') {
    r.headersOut.location = `${escapeUri(r.uri)}/${r.args === '' ? '' : `?${r.args}`}`;
    return 301;
  }
  if (stat.kind !== 'file') {
    r.log('crit', `"${path}" is not a regular file`);
    return 404;
  }
  if (r.method === 'POST') return 405;
  return sendFile(r, files, { path, stat, start: 0, before: nothing });
}
