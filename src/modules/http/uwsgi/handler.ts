import { planCachePaths } from '../../../runtime/cache/plan-cache.ts';
import { handle, type PlanContext, type Verdict } from '../../../runtime/hooks.ts';
import { planCgi } from '../../../runtime/http/pass-cgi.ts';
import { directiveInForce } from '../../../runtime/http/pass-location.ts';
import { passTarget } from '../../../runtime/http/pass-target.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { httpUwsgi } from './directives.ts';

type UwsgiSettings = ValuesOf<(typeof httpUwsgi)['settings']>;

const largest = 65_535;

const owner = { module: httpUwsgi, family: 'uwsgi' } as const;

/** `uwsgi_pass` */
export const uwsgiHandler = handle(httpUwsgi, {
  http: (settings, at) => planCachePaths(settings, owner, at),
  handler: (settings, at) => (settings.pass === undefined ? undefined : planUwsgi(settings, settings.pass, at)),
});

function planUwsgi(settings: UwsgiSettings, pass: string, at: PlanContext): (r: Request) => Verdict {
  if (/^suwsgi:\/\//i.test(pass)) {
    at.notRun(directiveInForce('uwsgi_pass', at), 'TLS to upstreams is not run');
    return () => 502;
  }
  const { modifier1, modifier2, string } = settings;
  return planCgi(
    settings,
    {
      owner,
      upstreamOf: passTarget(pass, at, /^uwsgi:\/\//i),
      packet(r, pairs) {
        const content = encodePairs(pairs) + string;
        if (content.length <= largest)
          return String.fromCharCode(modifier1) + encodeLength(content.length) + String.fromCharCode(modifier2) + content;
        r.log('alert', `uwsgi request is too big: ${content.length}`);
        return null;
      },
    },
    at,
  );
}

/** Names and values, each behind its length (ngx_http_uwsgi_create_request). */
function encodePairs(pairs: readonly string[]): string {
  let content = '';
  for (const text of pairs) content += encodeLength(text.length) + text;
  return content;
}

/** Two bytes, the low one first. */
function encodeLength(length: number): string {
  return String.fromCharCode(length & 255, (length >> 8) & 255);
}
