import { handle, type Verdict } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { httpMirror } from './directives.ts';

/** `mirror`: subrequests whose answers nobody sees. */
export const mirrorHandler = handle(httpMirror, {
  precontent({ uris, requestBody }) {
    const mirrored = uris.filter((uri) => uri !== 'off');
    if (mirrored.length === 0) return undefined;
    if (!requestBody) return (r) => (r.main === r ? mirror(r, mirrored) : 'declined');
    return (r) => {
      if (r.main !== r) return 'declined';
      let verdict: Verdict | undefined;
      let settle: ((verdict: Verdict) => void) | undefined;
      r.readBody(() => {
        verdict = mirror(r, mirrored);
        settle?.(verdict);
      });
      return verdict ?? new Promise((resolve) => (settle = resolve));
    };
  },
});

// ngx_http_mirror_handler_internal
function mirror(r: Request, uris: readonly string[]): Verdict {
  const { args, method } = r;
  const made = uris.every((uri) => r.subrequest(uri, { args, method, headerOnly: true, background: true }));
  return made ? 'declined' : 500;
}
