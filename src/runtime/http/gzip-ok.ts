import { httpCore } from '../../modules/http/core/directives.ts';
import type { GzipProxied } from '../../modules/http/core/settings.ts';
import type { PlanContext } from '../hooks.ts';
import { fieldOf } from './header-list.ts';
import { parseHttpTime } from './http-time.ts';
import { directiveInForce } from './pass-location.ts';
import type { RequestState } from './request-state.ts';
import { isMsie6 } from './user-agent.ts';

/** Whether the client gets compressed content; asked once for each request. */
export type GzipTest = (r: RequestState) => boolean;

/** Closes over `gzip_http_version`, `gzip_proxied` and `gzip_disable` of a block (ngx_http_gzip_ok). */
export function gzipTest(at: PlanContext): GzipTest {
  const core = at.settings(httpCore);
  const version = core.gzipHttpVersion === '1.0' ? 1000 : 1001;
  const proxied = new Set(core.gzipProxied.flat());
  const disabled = disabledFor(core.gzipDisable.flat(), at);
  return (r) => {
    // What a subrequest writes is compressed with its parent's answer.
    r.gzipOk ??= r.parent === null && accepts(r, version) && isForProxy(r, proxied) && !disabled(r);
    return r.gzipOk;
  };
}

function disabledFor(words: readonly string[], at: PlanContext): (r: RequestState) => boolean {
  if (words.length === 0) return () => false;
  const patterns = words.filter((word) => word !== 'msie6' && word !== 'degradation');
  const directive = directiveInForce('gzip_disable', at);
  const matchers = patterns.flatMap((pattern) => at.regex(pattern, true, directive) ?? []);
  const msie6 = words.includes('msie6');
  return (r) => {
    const { userAgent } = r.headersIn;
    if (userAgent === undefined) return false;
    if (msie6 && isMsie6(userAgent)) return true;
    const { captures } = r;
    const found = matchers.some((matcher) => matcher.matches(r, userAgent));
    r.captures = captures;
    return found;
  };
}

function accepts(r: RequestState, version: number): boolean {
  const accepted = r.headersIn.get('accept-encoding');
  return accepted !== undefined && r.version >= version && (accepted.startsWith('gzip,') || namesGzip(accepted));
}

/** ngx_http_gzip_accept_encoding: the first `gzip` counts, with a quality above 0 or none. */
function namesGzip(text: string): boolean {
  const at = text.search(/(?:^|(?<=[, ]))gzip/i);
  if (at < 0) return false;
  const [, quality] = /^gzip *(?:$|,|; *(?:$|q(.*)))/is.exec(text.slice(at)) ?? ['', '!'];
  return quality === undefined || hasQuality(quality);
}

/** ngx_http_gzip_quantity */
function hasQuality(text: string): boolean {
  const [, whole, fraction = ''] = /^=([01])(?:\.([0-9]*))?(?:$|[, ])/s.exec(text) ?? [];
  if (whole === undefined || fraction.length > 3) return false;
  const sum = [...fraction].reduce((total, digit) => total + Number(digit), Number(whole) * 100);
  return sum > 0 && sum <= 100;
}

function isForProxy(r: RequestState, proxied: ReadonlySet<GzipProxied>): boolean {
  const { headersIn, headersOut: out } = r;
  if (headersIn.get('via') === undefined) return true;
  if (proxied.has('off')) return false;
  if (proxied.has('any') || (proxied.has('auth') && headersIn.get('authorization') !== undefined)) return true;
  const expires = fieldOf(out.list, 'expires');
  if (expires !== undefined) return proxied.has('expired') && isOver(r, expires);
  const control = cacheControl(out.list);
  if (control.length > 0) {
    const words = ['no-cache', 'no-store', 'private'] as const;
    return words.some((word) => proxied.has(word) && control.includes(word));
  }
  if (proxied.has('no_last_modified') && fieldOf(out.list, 'last-modified') !== undefined) return false;
  return !(proxied.has('no_etag') && fieldOf(out.list, 'etag') !== undefined);
}

function isOver(r: RequestState, expires: string): boolean {
  const until = parseHttpTime(expires);
  const given = fieldOf(r.headersOut.list, 'date');
  const date = given === undefined ? Math.floor(r.connection.engine.host.clock.now() / 1000) : parseHttpTime(given);
  return until !== -1 && date !== -1 && until < date;
}

/** The words of all Cache-Control fields, in lower case. */
function cacheControl(list: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < list.length; at += 2) {
    if (list[at]?.toLowerCase() === 'cache-control') words.push(...(list[at + 1] ?? '').toLowerCase().split(/[ ,;=]+/));
  }
  return words;
}
