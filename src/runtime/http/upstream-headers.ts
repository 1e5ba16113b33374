import { parseNumber } from '../../schema/values/number.ts';
import type { ResponseHead } from '../codec/http1-response.ts';
import { parseHttpTime } from './http-time.ts';
import type { Request } from './request.ts';
import { type GivenUri, readUri } from './unsafe-uri.ts';
import type { UpstreamConf } from './upstream-plan.ts';

/** A request whose upstream has sent its head. */
interface Answered {
  readonly r: Request;
  readonly head: ResponseHead;
  readonly conf: UpstreamConf;
  buffering: boolean;
  /** It is to be kept, or was. */
  readonly cacheable: boolean;
  readonly fromCache: boolean;
}

const Way = {
  drop: 1,
  contentType: 2,
  location: 3,
  refresh: 4,
  cookie: 5,
  upgrade: 6,
  buffering: 7,
  server: 8,
  date: 9,
  limitRate: 10,
  charset: 11,
  ranges: 12,
  modified: 13,
} as const;
type Way = (typeof Way)[keyof typeof Way];

/** Fields that are not simply copied (ngx_http_upstream_headers_in). */
const ways = new Map<string, Way>([
  ['content-type', Way.contentType],
  ['content-length', Way.drop],
  ['connection', Way.drop],
  ['keep-alive', Way.drop],
  ['transfer-encoding', Way.drop],
  ['location', Way.location],
  ['refresh', Way.refresh],
  ['set-cookie', Way.cookie],
  ['upgrade', Way.upgrade],
  ['x-accel-buffering', Way.buffering],
  ['x-accel-limit-rate', Way.limitRate],
  ['x-accel-charset', Way.charset],
  ['accept-ranges', Way.ranges],
  ['last-modified', Way.modified],
  ['server', Way.server],
  ['date', Way.date],
]);

const keptOnRedirect = new Set([
  'content-type',
  'set-cookie',
  'content-disposition',
  'cache-control',
  'expires',
  'accept-ranges',
]);

/**
 * Copies what the client may see of an upstream's head (ngx_http_upstream_process_headers). Returns a target instead
 * when X-Accel-Redirect sends the request elsewhere.
 */
export function copyResponseHeaders(u: Answered): GivenUri | null {
  const { r, head, conf } = u;
  const redirect = conf.ignoredHeaders.has('x-accel-redirect') ? undefined : head.get('x-accel-redirect');
  const { names, values, lower } = head;
  const out = r.headersOut;
  for (let i = 0; i < names.length; i++) {
    const key = lower[i] as string;
    const way = ways.get(key);
    if (way === Way.buffering) applyBuffering(u, values[i] as string);
    else if (way === Way.limitRate) applyLimitRate(u, values[i] as string);
    else if (way === Way.charset && !conf.ignoredHeaders.has(key)) out.overrideCharset = values[i] as string;
    if (redirect !== undefined && !keptOnRedirect.has(key)) continue;
    if (redirect === undefined && conf.hiddenHeaders.has(key)) continue;
    if (way === undefined) out.list.push(names[i] as string, values[i] as string);
    else copySpecial(u, way, names[i] as string, values[i] as string);
  }
  if (redirect !== undefined) return targetOf(redirect);
  out.ownServer = isOwn('server', u);
  out.ownDate = isOwn('date', u);
  // An HTTP/0.9 answer has no status: logs say 009.
  r.status = head.status || (r.version === 9 ? 0 : 200);
  out.statusText = head.statusText;
  out.contentLength = head.contentLength;
  r.comparesNot = !u.cacheable;
  if (conf.forceRanges) r.allowRanges = true;
  if (r.allowRanges) r.singleRange = !u.fromCache;
  return null;
}

/** True when nginx adds none: the field is passed on, or it is to be missing as it is upstream (proxy_pass_header). */
function isOwn(name: string, { head, conf }: Answered): boolean {
  return !conf.hiddenHeaders.has(name) && (conf.missingStaysMissing || head.get(name) !== undefined);
}

function copySpecial(u: Answered, way: Way, name: string, value: string): void {
  const { r, conf } = u;
  const { headersOut: out } = r;
  switch (way) {
    case Way.drop:
      return;
    case Way.contentType:
      out.contentType = value;
      return;
    case Way.location:
      copyLocation(r, name, value, conf);
      return;
    case Way.refresh: {
      const at = value.toLowerCase().indexOf('url=');
      out.list.push(name, (at >= 0 && conf.rewriteRedirect?.(r, value, at + 4)) || value);
      return;
    }
    case Way.cookie:
      out.list.push(name, conf.rewriteCookie?.(r, value) ?? value);
      return;
    case Way.ranges:
      copyAcceptRanges(u, name, value);
      return;
    case Way.modified:
      out.list.push(name, value);
      if (u.cacheable) out.lastModified = parseHttpTime(value);
      return;
    default:
      out.list.push(name, value);
  }
}

/** What is kept can be cut by us (ngx_http_upstream_copy_allow_ranges). */
function copyAcceptRanges({ r, conf, cacheable, fromCache }: Answered, name: string, value: string): void {
  if (conf.forceRanges) return;
  if (cacheable || fromCache) r.allowRanges = true;
  else r.headersOut.list.push(name, value);
}

/** A Location that we have changed may be made absolute; one that the upstream wrote so stays relative. */
function copyLocation(r: Request, name: string, value: string, { rewriteRedirect, absoluteRedirect }: UpstreamConf): void {
  const changed = rewriteRedirect?.(r, value, 0) ?? null;
  if (absoluteRedirect && changed?.startsWith('/')) r.headersOut.location = changed;
  else r.headersOut.list.push(name, changed ?? value);
}

/** ngx_http_upstream_process_buffering */
function applyBuffering(u: Answered, value: string): void {
  if (u.conf.ignoredHeaders.has('x-accel-buffering')) return;
  const word = value.toLowerCase();
  if (word === 'no') u.buffering = false;
  else if (word === 'yes') u.buffering = true;
}

function targetOf(value: string): GivenUri {
  return value.startsWith('@') ? { uri: value, args: '', unsafe: false } : readUri(value);
}

// ngx_http_upstream_process_limit_rate
function applyLimitRate({ r, conf }: Answered, value: string): void {
  const rate = parseNumber(value);
  if (rate !== undefined && !conf.ignoredHeaders.has('x-accel-limit-rate')) r.limitRate = rate;
}
