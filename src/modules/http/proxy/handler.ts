import { planCache, planCachePaths } from '../../../runtime/cache/plan-cache.ts';
import { handle, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { directiveInForce, passLocation } from '../../../runtime/http/pass-location.ts';
import type { Request, RequestBody } from '../../../runtime/http/request.ts';
import { upstreamConf, upstreamEnvironment } from '../../../runtime/http/upstream-conf.ts';
import { Http1UpstreamRequest } from '../../../runtime/http/upstream-http1.ts';
import type { Upstream } from '../../../runtime/upstream/upstream.ts';
import type { Url } from '../../../runtime/upstream/url.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { isDynamic } from '../../../schema/values/script.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { cookieRewriter } from './cookies.ts';
import { httpProxy } from './directives.ts';
import { redirectRewriter } from './redirects.ts';
import { headLines } from './request-head.ts';
import { requestUri } from './request-uri.ts';
import { parseTarget, type Target } from './target.ts';

type ProxySettings = ValuesOf<(typeof httpProxy)['settings']>;

const owner = { module: httpProxy, family: 'proxy' };
const noTls = 'TLS to upstreams is not run';
const hidden = [
  'date',
  'server',
  'x-pad',
  'x-accel-expires',
  'x-accel-redirect',
  'x-accel-limit-rate',
  'x-accel-buffering',
  'x-accel-charset',
];

/** `proxy_pass` */
export const proxyHandler = handle(httpProxy, {
  http: (settings, at) => planCachePaths(settings, owner, at),
  handler: (settings, at) => (settings.pass === undefined ? undefined : planProxy(settings, settings.pass, at)),
  variables: {
    proxy_host: (r) => sideOf(r)?.proxyHost,
    proxy_port: (r) => sideOf(r)?.proxyPort,
    proxy_add_x_forwarded_for: addForwardedFor,
  },
});

function sideOf(r: Request): Http1UpstreamRequest | undefined {
  return r.upstreamSide instanceof Http1UpstreamRequest ? r.upstreamSide : undefined;
}

/** ngx_http_proxy_add_x_forwarded_for_variable */
function addForwardedFor(r: Request): string {
  const { lower, values } = r.headersIn;
  let joined = '';
  for (let i = 0; i < lower.length; i++) if (lower[i] === 'x-forwarded-for') joined += `${values[i]}, `;
  return joined + r.remoteAddr;
}

function planProxy(settings: ProxySettings, pass: string, at: PlanContext): (r: Request) => Verdict {
  const directive = directiveInForce('proxy_pass', at);
  const fixed = isDynamic(pass) ? null : parseTarget(pass, false);
  if (typeof fixed === 'string' || fixed?.tls) {
    at.notRun(directive, typeof fixed === 'string' ? fixed : noTls);
    return () => 502;
  }
  if (settings.httpVersion === '2') at.notRun(directiveInForce('proxy_http_version', at), 'HTTP/2 to upstreams is not run');
  const location = passLocation('proxy_pass', at);
  const otherwise = fixed && { from: fixed.uri === '' ? `${pass}/` : pass, to: fixed.uri === '' ? '/' : location.name };
  const parts = {
    family: 'proxy',
    cache: planCache(settings, owner, at),
    scheme: 'http://',
    missingStaysMissing: true,
    hidden,
    rewriteRedirect: redirectRewriter(settings.redirects, otherwise, directive, at),
    rewriteCookie: cookieRewriter(settings, directive, at),
  };
  const conf = upstreamConf(settings, parts, at);
  const env = upstreamEnvironment(at);
  const start = starter({ settings, at, dynamic: !fixed, locationLength: location.replaceable ? location.name.length : 0 });
  if (!fixed) return evaluated(at.script(pass), at, (r, target, to) => start(new Http1UpstreamRequest(r, conf, env), target, to));
  const upstream = at.upstream(fixed.authority, 80);
  return (r) => {
    start(new Http1UpstreamRequest(r, conf, env), fixed, upstream);
    return 'done';
  };
}

/** A `proxy_pass` with variables (ngx_http_proxy_eval). */
function evaluated(
  script: Script,
  at: PlanContext,
  start: (r: Request, target: Target, to: Upstream | Url) => void,
): (r: Request) => Verdict {
  return (r) => {
    const target = parseTarget(script(r), true);
    if (typeof target === 'string' || target.tls) {
      r.log('error', typeof target === 'string' ? target : noTls);
      return typeof target === 'string' ? 500 : 502;
    }
    start(r, target, at.findUpstream(target.url) ?? target.url);
    return 'done';
  };
}

interface Starting {
  readonly settings: ProxySettings;
  readonly at: PlanContext;
  readonly dynamic: boolean;
  readonly locationLength: number;
}

/** Compiles what every request of a location shares; the closure reads the body, makes the message and goes. */
function starter({ settings, at, dynamic, locationLength }: Starting) {
  const version11 = (settings.httpVersion ?? (isAtLeast(at.version, '1.29.7') ? '1.1' : '1.0')) !== '1.0';
  const plainLines = headLines(settings, { version11, keeps: false }, at);
  const keptLines = settings.cache === 'off' ? plainLines : headLines(settings, { version11, keeps: true }, at);
  const method = settings.method === undefined ? null : at.script(settings.method);
  const ownBody = settings.setBody === undefined ? null : at.script(settings.setBody);
  const mayStream = !settings.requestBuffering && !ownBody && settings.passRequestBody;
  const protocol = version11 ? ' HTTP/1.1\r\n' : ' HTTP/1.0\r\n';

  return (u: Http1UpstreamRequest, target: Target, to: Upstream | Url): void => {
    const { r } = u;
    u.proxyHost = target.hostHeader;
    u.proxyPort = target.shownPort;
    r.upstreamSide = u;
    const streams = mayStream && (version11 || !r.headersIn.chunked);
    r.readBody((received, rest) => {
      const replaced = ownBody && Buffer.from(ownBody(r), 'latin1');
      const body: RequestBody | null = replaced
        ? { length: replaced.length, chunks: [replaced] }
        : settings.passRequestBody
          ? received
          : null;
      const chunked = rest !== null && r.headersIn.chunked;
      const bodyLength = replaced ? replaced.length : r.headersIn.contentLength;
      const uri = requestUri(r, { uri: target.uri, dynamic, locationLength });
      if (uri === '') {
        r.log('error', 'zero length URI to proxy');
        r.finalize(500);
        return;
      }
      const ask = () => {
        const verb = u.asksForWhole ? 'GET' : method ? method(r) : r.method;
        const lines = u.cacheable ? keptLines : plainLines;
        const head = `${verb} ${uri}${protocol}${lines(r, { proxyHost: target.hostHeader, bodyLength, chunked })}\r\n`;
        u.message = { uri, head, headOnly: verb.length === 4 && verb.toUpperCase() === 'HEAD', chunked };
        u.start(to, body, rest);
      };
      u.lookInCache(() => `http://${target.hostHeader}${uri}`, ask);
    }, streams);
  };
}
