import type { PassedParam } from '../../schema/values/gateway.ts';
import { isAtLeast } from '../../schema/version.ts';
import { type CacheOwner, type CacheSettings, planCache } from '../cache/plan-cache.ts';
import type { PlanContext, Verdict } from '../hooks.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Url } from '../upstream/url.ts';
import { compileParams } from './passed-params.ts';
import type { Request } from './request.ts';
import { CgiUpstreamRequest } from './upstream-cgi.ts';
import { cgiParts, type GatewaySettings, upstreamConf, upstreamEnvironment } from './upstream-conf.ts';

/** What SCGI and uwsgi do differently. */
export interface CgiProtocol {
  readonly owner: CacheOwner & { readonly family: 'uwsgi' | 'scgi' };
  readonly upstreamOf: (r: Request) => Upstream | Url | null;
  /** Everything before the body, from `name, value, name, value …`; null, and logged, when it is too long. */
  packet(r: Request, pairs: readonly string[]): string | null;
}

/** Without a `…_cache_key` nothing tells requests apart. */
const noKey = () => '';

/** A request handed to a server that is sent params and a body (ngx_http_scgi_handler, ngx_http_uwsgi_handler). */
export function planCgi(
  settings: GatewaySettings & CacheSettings & { readonly params: readonly PassedParam[] },
  { owner, upstreamOf, packet }: CgiProtocol,
  at: PlanContext,
): (r: Request) => Verdict {
  const conf = upstreamConf(settings, cgiParts(owner.family, planCache(settings, owner, at)), at);
  const env = upstreamEnvironment(at);
  const plainParams = compileParams(settings, false, at);
  const keptParams = conf.cache ? compileParams(settings, true, at) : plainParams;
  const addsReason = isAtLeast(at.version, '1.25.3');
  return (r) => {
    const to = upstreamOf(r);
    if (!to) return 500;
    const u = new CgiUpstreamRequest(r, conf, env);
    r.upstreamSide = u;
    const streams = !settings.requestBuffering && settings.passRequestBody && !r.headersIn.chunked;
    u.addsReason = addsReason;
    r.readBody((body, rest) => {
      u.lookInCache(noKey, () => {
        const bytes = packet(r, u.cacheable ? keptParams(r) : plainParams(r));
        if (bytes === null) {
          r.finalize(500);
          return;
        }
        u.packet = bytes;
        u.start(to, settings.passRequestBody ? body : null, rest);
      });
    }, streams);
    return 'done';
  };
}
