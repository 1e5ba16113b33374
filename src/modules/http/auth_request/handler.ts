import { handle, type Script, type Verdict } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { httpAuthRequest } from './directives.ts';

interface SetVariable {
  readonly set: (r: Request, value: string) => void;
  readonly value: Script;
}

/** `auth_request`: a subrequest's status says whether a request is let in. */
export const authRequestHandler = handle(httpAuthRequest, {
  access({ uri, sets }, at) {
    if (uri === '') return undefined;
    const variables = sets.map(([name, text]) => ({ set: at.setter(name), value: at.script(text) }));
    return (r) =>
      new Promise((resolve) => {
        const done = (sr: Request) => resolve(judge(r, sr, variables));
        if (!r.subrequest(uri, { headerOnly: true, withoutBody: true, done })) resolve(-1);
      });
  },
});

// ngx_http_auth_request_handler
function judge(r: Request, sr: Request, variables: readonly SetVariable[]): Verdict {
  for (const { set, value } of variables) set(r, value(sr));
  const { status } = sr;
  if (status === 403) return status;
  if (status === 401) {
    const { list } = sr.headersOut;
    for (let at = 0; at < list.length; at += 2)
      if (list[at]?.toLowerCase() === 'www-authenticate') r.headersOut.list.push(list[at] as string, list[at + 1] as string);
    return status;
  }
  if (status >= 200 && status < 300) return 'ok';
  r.log('error', `auth request unexpected status: ${status}`);
  return 500;
}
