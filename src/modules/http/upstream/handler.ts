import { handle } from '../../../runtime/hooks.ts';
import {
  attemptTime,
  cacheEtag,
  cacheLastModified,
  cacheStatus,
  overAttempts,
  upstreamCookie,
  upstreamHeader,
} from '../../../runtime/http/upstream-variables.ts';
import { httpUpstream } from './directives.ts';

/** `upstream` and `server` are planned by the engine; here are the variables. */
export const upstreamHandler = handle(httpUpstream, {
  variables: {
    upstream_addr: (r) => overAttempts(r, ({ addr }) => addr),
    upstream_status: (r) => overAttempts(r, ({ status }) => (status === 0 ? '-' : String(status))),
    upstream_connect_time: (r) => overAttempts(r, ({ connectTime }) => attemptTime(connectTime)),
    upstream_header_time: (r) => overAttempts(r, ({ headerTime }) => attemptTime(headerTime)),
    upstream_response_time: (r) => overAttempts(r, ({ responseTime }) => attemptTime(responseTime)),
    upstream_response_length: (r) => overAttempts(r, ({ responseLength }) => String(responseLength)),
    upstream_bytes_received: (r) => overAttempts(r, ({ bytesReceived }) => String(bytesReceived)),
    upstream_bytes_sent: (r) => overAttempts(r, ({ bytesSent }) => String(bytesSent)),
    upstream_cache_status: cacheStatus,
    upstream_cache_last_modified: cacheLastModified,
    upstream_cache_etag: cacheEtag,
    upstream_http_: upstreamHeader,
    upstream_cookie_: upstreamCookie,
  },
});
