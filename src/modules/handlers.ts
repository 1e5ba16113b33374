import type { HandlerRoom } from '../runtime/hooks.ts';
import { upstreamCheckHandler } from './extra/upstream_check/handler.ts';
import { accessHandler } from './http/access/handler.ts';
import { additionFilterHandler } from './http/addition_filter/handler.ts';
import { authBasicHandler } from './http/auth_basic/handler.ts';
import { authRequestHandler } from './http/auth_request/handler.ts';
import { autoindexHandler } from './http/autoindex/handler.ts';
import { browserHandler } from './http/browser/handler.ts';
import { charsetFilterHandler } from './http/charset_filter/handler.ts';
import { davHandler } from './http/dav/handler.ts';
import { emptyGifHandler } from './http/empty_gif/handler.ts';
import { fastcgiHandler } from './http/fastcgi/handler.ts';
import { flvHandler } from './http/flv/handler.ts';
import { geoHandler } from './http/geo/handler.ts';
import { gunzipFilterHandler } from './http/gunzip_filter/handler.ts';
import { gzipFilterHandler } from './http/gzip_filter/handler.ts';
import { gzipStaticHandler } from './http/gzip_static/handler.ts';
import { headersFilterHandler } from './http/headers_filter/handler.ts';
import { indexHandler } from './http/index/handler.ts';
import { limitConnHandler } from './http/limit_conn/handler.ts';
import { limitReqHandler } from './http/limit_req/handler.ts';
import { logHandler } from './http/log/handler.ts';
import { mapHandler } from './http/map/handler.ts';
import { memcachedHandler } from './http/memcached/handler.ts';
import { mirrorHandler } from './http/mirror/handler.ts';
import { mp4Handler } from './http/mp4/handler.ts';
import { proxyHandler } from './http/proxy/handler.ts';
import { randomIndexHandler } from './http/random_index/handler.ts';
import { realipHandler } from './http/realip/handler.ts';
import { refererHandler } from './http/referer/handler.ts';
import { rewriteHandler } from './http/rewrite/handler.ts';
import { scgiHandler } from './http/scgi/handler.ts';
import { secureLinkHandler } from './http/secure_link/handler.ts';
import { sliceFilterHandler } from './http/slice_filter/handler.ts';
import { splitClientsHandler } from './http/split_clients/handler.ts';
import { ssiFilterHandler } from './http/ssi_filter/handler.ts';
import { staticHandler } from './http/static/handler.ts';
import { stubStatusHandler } from './http/stub_status/handler.ts';
import { subFilterHandler } from './http/sub_filter/handler.ts';
import { tryFilesHandler } from './http/try_files/handler.ts';
import { upstreamHandler } from './http/upstream/handler.ts';
import { upstreamHashHandler } from './http/upstream_hash/handler.ts';
import { upstreamIpHashHandler } from './http/upstream_ip_hash/handler.ts';
import { upstreamKeepaliveHandler } from './http/upstream_keepalive/handler.ts';
import { upstreamLeastConnHandler } from './http/upstream_least_conn/handler.ts';
import { upstreamLeastTimeHandler } from './http/upstream_least_time/handler.ts';
import { upstreamRandomHandler } from './http/upstream_random/handler.ts';
import { upstreamStickyHandler } from './http/upstream_sticky/handler.ts';
import { upstreamZoneHandler } from './http/upstream_zone/handler.ts';
import { useridFilterHandler } from './http/userid_filter/handler.ts';
import { uwsgiHandler } from './http/uwsgi/handler.ts';

/** Every module that acts, in the order of catalog.ts: handlers of a phase and filters run from the last to the first. */
export const handlers: readonly HandlerRoom[] = [
  logHandler,
  upstreamHandler,
  staticHandler,
  gzipStaticHandler,
  davHandler,
  autoindexHandler,
  indexHandler,
  randomIndexHandler,
  mirrorHandler,
  tryFilesHandler,
  authRequestHandler,
  authBasicHandler,
  accessHandler,
  limitConnHandler,
  limitReqHandler,
  realipHandler,
  geoHandler,
  mapHandler,
  splitClientsHandler,
  refererHandler,
  rewriteHandler,
  proxyHandler,
  fastcgiHandler,
  uwsgiHandler,
  scgiHandler,
  memcachedHandler,
  emptyGifHandler,
  browserHandler,
  secureLinkHandler,
  flvHandler,
  mp4Handler,
  upstreamHashHandler,
  upstreamIpHashHandler,
  upstreamLeastConnHandler,
  upstreamLeastTimeHandler,
  upstreamRandomHandler,
  upstreamStickyHandler,
  upstreamKeepaliveHandler,
  upstreamZoneHandler,
  stubStatusHandler,
  upstreamCheckHandler,
  gzipFilterHandler,
  ssiFilterHandler,
  charsetFilterHandler,
  subFilterHandler,
  additionFilterHandler,
  gunzipFilterHandler,
  useridFilterHandler,
  headersFilterHandler,
  sliceFilterHandler,
];
