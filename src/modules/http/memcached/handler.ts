import { handle, type PlanContext, type Verdict } from '../../../runtime/hooks.ts';
import { contentTypeOf } from '../../../runtime/http/content-type.ts';
import { escapeMemcached } from '../../../runtime/http/escape.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { upstreamConf, upstreamEnvironment } from '../../../runtime/http/upstream-conf.ts';
import { MemcachedUpstreamRequest } from '../../../runtime/http/upstream-memcached.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { httpMemcached } from './directives.ts';

type MemcachedSettings = ValuesOf<(typeof httpMemcached)['settings']>;

/** What cannot be configured (ngx_http_memcached_create_loc_conf). */
const fixed = {
  buffering: false,
  buffers: { count: 0, size: 0 },
  busyBuffersSize: undefined,
  forceRanges: true,
  hideHeaders: [],
  ignoreClientAbort: false,
  ignoreHeaders: [],
  interceptErrors: true,
  limitRate: '0',
  maxTempFileSize: 0,
  passHeaders: [],
  passRequestHeaders: false,
  passRequestBody: false,
  requestBuffering: true,
  tempFileWriteSize: undefined,
  tempPath: undefined,
};
const parts = {
  family: 'memcached',
  scheme: 'memcached://',
  missingStaysMissing: false,
  hidden: [],
  rewriteRedirect: null,
  rewriteCookie: null,
  intercept404: true,
};

/** `memcached_pass` */
export const memcachedHandler = handle(httpMemcached, {
  handler: (settings, at) => (settings.pass === undefined ? undefined : planMemcached(settings, settings.pass, at)),
});

// ngx_http_memcached_handler
function planMemcached(settings: MemcachedSettings, pass: string, at: PlanContext): (r: Request) => Verdict {
  const { pass: _pass, gzipFlag, ...common } = settings;
  const conf = upstreamConf({ ...fixed, ...common }, parts, at);
  const env = upstreamEnvironment(at);
  const upstream = at.upstream(pass, 0);
  const keyOf = at.variable('memcached_key');
  return (r) => {
    if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
    r.headersOut.contentType = contentTypeOf(r);
    const key = keyOf(r) ?? '';
    if (key === '') {
      r.log('error', 'the "$memcached_key" variable is not set');
      return 500;
    }
    const u = new MemcachedUpstreamRequest(r, conf, env);
    u.message = { key: escapeMemcached(key), gzipFlag };
    u.start(upstream, null);
    return 'done';
  };
}
