import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import { type GzipTest, gzipTest } from '../../../runtime/http/gzip-ok.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { sendFile } from '../../../runtime/http/send-file.ts';
import { statFile } from '../../../runtime/http/stat-file.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { httpGzipStatic } from './directives.ts';

const nothing = Buffer.alloc(0);

/** Sends `FILE.gz` in the place of `FILE`. */
export const gzipStaticHandler = handle(httpGzipStatic, {
  content({ mode }, at) {
    if (mode === 'off') return undefined;
    const accepts = mode === 'on' ? gzipTest(at) : null;
    const ranges = isAtLeast(at.version, '1.23.4');
    return (r) => serve(r as RequestState, { files: at.host.files, accepts, ranges });
  },
});

interface Serving {
  readonly files: Files;
  /** Null when every client gets it. */
  readonly accepts: GzipTest | null;
  readonly ranges: boolean;
}

// ngx_http_gzip_static_handler
function serve(r: RequestState, { files, accepts, ranges }: Serving): Verdict {
  if ((r.method !== 'GET' && r.method !== 'HEAD') || r.uri.endsWith('/')) return 'declined';
  const wanted = accepts === null || accepts(r);
  if (!wanted && !r.location.core.gzipVary) return 'declined';
  const path = `${filePath(r)}.gz`;
  const stat = statFile(r, files, path);
  if (failed(stat)) return openFailed(r, path, stat.errno);
  if (accepts) r.gzipVary = true;
  if (!wanted || stat.kind === 'directory') return 'declined';
  if (stat.kind !== 'file') {
    r.log('crit', `"${path}" is not a regular file`);
    return 404;
  }
  const sent = sendFile(r, files, { path, stat, start: 0, before: nothing, encoding: 'gzip', ranges });
  return typeof sent === 'number' && sent > 0 ? 'declined' : sent;
}

/** Whatever keeps it from being opened, the plain file may do. */
function openFailed(r: RequestState, path: string, errno: string): Verdict {
  if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errno)) {
    const level = errno === 'EACCES' || errno === 'ELOOP' ? 'error' : 'crit';
    r.log(level, `open() "${path}" failed (${systemErrorText({ errno })})`);
  }
  return 'declined';
}
