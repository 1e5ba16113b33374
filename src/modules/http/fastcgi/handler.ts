import { planCache, planCachePaths } from '../../../runtime/cache/plan-cache.ts';
import { encodeRequest, endOfBody } from '../../../runtime/codec/fastcgi.ts';
import { handle, type PlanContext, type Verdict } from '../../../runtime/hooks.ts';
import { directiveInForce } from '../../../runtime/http/pass-location.ts';
import { passTarget } from '../../../runtime/http/pass-target.ts';
import { compileParams } from '../../../runtime/http/passed-params.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { cgiParts, upstreamConf, upstreamEnvironment } from '../../../runtime/http/upstream-conf.ts';
import { FastcgiUpstreamRequest } from '../../../runtime/http/upstream-fastcgi.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { httpFastcgi } from './directives.ts';
import { nameScripts, pathInfo, scriptName } from './script-name.ts';

/** Without a `fastcgi_cache_key` nothing tells requests apart. */
const noKey = () => '';

type FastcgiSettings = ValuesOf<(typeof httpFastcgi)['settings']>;

const owner = { module: httpFastcgi, family: 'fastcgi' } as const;

/** `fastcgi_pass` */
export const fastcgiHandler = handle(httpFastcgi, {
  http: (settings, at) => planCachePaths(settings, owner, at),
  handler: (settings, at) => (settings.pass === undefined ? undefined : planFastcgi(settings, settings.pass, at)),
  variables: { fastcgi_script_name: scriptName, fastcgi_path_info: pathInfo },
});

function planFastcgi(settings: FastcgiSettings, pass: string, at: PlanContext): (r: Request) => Verdict {
  const { catchStderr: catches, splitPathInfo, keepConn: keepConnection, passRequestBody, requestBuffering } = settings;
  const split =
    splitPathInfo === undefined
      ? null
      : (at.regex(splitPathInfo, false, directiveInForce('fastcgi_split_path_info', at)) ?? null);
  nameScripts(at.location, { index: settings.index ?? '', split });
  const conf = upstreamConf(settings, cgiParts('fastcgi', planCache(settings, owner, at)), at);
  const env = upstreamEnvironment(at);
  const plainParams = compileParams(settings, false, at);
  const keptParams = conf.cache ? compileParams(settings, true, at) : plainParams;
  const upstreamOf = passTarget(pass, at);
  const addsReason = isAtLeast(at.version, '1.25.3');
  return (r) => {
    const to = upstreamOf(r);
    if (!to) return 500;
    const u = new FastcgiUpstreamRequest(r, conf, env);
    r.upstreamSide = u;
    r.readBody((received, rest) => {
      const body = passRequestBody && received.length > 0 ? received : null;
      const ask = () => {
        const head = encodeRequest(u.cacheable ? keptParams(r) : plainParams(r), keepConnection);
        if (head === null) {
          r.log('alert', 'fastcgi request record is too big');
          r.finalize(500);
          return;
        }
        u.message = { uri: '', head: body || rest ? head : head + endOfBody, keepConnection, addsReason, catches };
        u.start(to, body, rest);
      };
      u.lookInCache(noKey, ask);
    }, passRequestBody && !requestBuffering);
    return 'done';
  };
}
