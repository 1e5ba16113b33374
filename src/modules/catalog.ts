import type { Module } from '../schema/module.ts';
import { core } from './core/core/directives.ts';
import { errlog } from './core/errlog/directives.ts';
import { conf } from './core/conf/directives.ts';
import { openssl } from './core/openssl/directives.ts';
import { opensslCache } from './core/openssl_cache/directives.ts';
import { regex } from './core/regex/directives.ts';
import { eventCore, eventsModule } from './core/events/directives.ts';
import { epoll } from './core/epoll/directives.ts';
import { kqueue } from './core/kqueue/directives.ts';
import { devpoll } from './core/devpoll/directives.ts';
import { eventport } from './core/eventport/directives.ts';
import { rtsig } from './core/rtsig/directives.ts';
import { iocp } from './core/iocp/directives.ts';
import { threadPool } from './core/thread_pool/directives.ts';
import { quicBpf } from './core/quic_bpf/directives.ts';
import { googlePerftools } from './core/google_perftools/directives.ts';
import { httpModule } from './http/block/directives.ts';
import { httpCore } from './http/core/directives.ts';
import { httpLog } from './http/log/directives.ts';
import { httpUpstream } from './http/upstream/directives.ts';
import { httpV2 } from './http/v2/directives.ts';
import { httpV3 } from './http/v3/directives.ts';
import { httpStatic } from './http/static/directives.ts';
import { httpGzipStatic } from './http/gzip_static/directives.ts';
import { httpDav } from './http/dav/directives.ts';
import { httpAutoindex } from './http/autoindex/directives.ts';
import { httpIndex } from './http/index/directives.ts';
import { httpRandomIndex } from './http/random_index/directives.ts';
import { httpMirror } from './http/mirror/directives.ts';
import { httpTryFiles } from './http/try_files/directives.ts';
import { httpAuthRequest } from './http/auth_request/directives.ts';
import { httpAuthBasic } from './http/auth_basic/directives.ts';
import { httpAccess } from './http/access/directives.ts';
import { httpLimitConn } from './http/limit_conn/directives.ts';
import { httpLimitReq } from './http/limit_req/directives.ts';
import { httpRealip } from './http/realip/directives.ts';
import { httpGeo } from './http/geo/directives.ts';
import { httpGeoip } from './http/geoip/directives.ts';
import { httpMap } from './http/map/directives.ts';
import { httpSplitClients } from './http/split_clients/directives.ts';
import { httpReferer } from './http/referer/directives.ts';
import { httpRewrite } from './http/rewrite/directives.ts';
import { httpSsl } from './http/ssl/directives.ts';
import { httpProxy } from './http/proxy/directives.ts';
import { httpFastcgi } from './http/fastcgi/directives.ts';
import { httpUwsgi } from './http/uwsgi/directives.ts';
import { httpScgi } from './http/scgi/directives.ts';
import { httpGrpc } from './http/grpc/directives.ts';
import { httpTunnel } from './http/tunnel/directives.ts';
import { httpMemcached } from './http/memcached/directives.ts';
import { httpEmptyGif } from './http/empty_gif/directives.ts';
import { httpBrowser } from './http/browser/directives.ts';
import { httpSecureLink } from './http/secure_link/directives.ts';
import { httpDegradation } from './http/degradation/directives.ts';
import { httpFlv } from './http/flv/directives.ts';
import { httpMp4 } from './http/mp4/directives.ts';
import { httpUpstreamHash } from './http/upstream_hash/directives.ts';
import { httpUpstreamIpHash } from './http/upstream_ip_hash/directives.ts';
import { httpUpstreamLeastConn } from './http/upstream_least_conn/directives.ts';
import { httpUpstreamLeastTime } from './http/upstream_least_time/directives.ts';
import { httpUpstreamRandom } from './http/upstream_random/directives.ts';
import { httpUpstreamSticky } from './http/upstream_sticky/directives.ts';
import { httpUpstreamKeepalive } from './http/upstream_keepalive/directives.ts';
import { httpUpstreamZone } from './http/upstream_zone/directives.ts';
import { httpStubStatus } from './http/stub_status/directives.ts';
import { httpPerl } from './http/perl/directives.ts';
import { httpGzipFilter } from './http/gzip_filter/directives.ts';
import { httpSsiFilter } from './http/ssi_filter/directives.ts';
import { httpCharsetFilter } from './http/charset_filter/directives.ts';
import { httpXsltFilter } from './http/xslt_filter/directives.ts';
import { httpImageFilter } from './http/image_filter/directives.ts';
import { httpSubFilter } from './http/sub_filter/directives.ts';
import { httpAdditionFilter } from './http/addition_filter/directives.ts';
import { httpGunzipFilter } from './http/gunzip_filter/directives.ts';
import { httpUseridFilter } from './http/userid_filter/directives.ts';
import { httpHeadersFilter } from './http/headers_filter/directives.ts';
import { httpCopyFilter } from './http/copy_filter/directives.ts';
import { httpSliceFilter } from './http/slice_filter/directives.ts';
import { mailModule } from './mail/block/directives.ts';
import { mailCore } from './mail/core/directives.ts';
import { mailSsl } from './mail/ssl/directives.ts';
import { mailPop3 } from './mail/pop3/directives.ts';
import { mailImap } from './mail/imap/directives.ts';
import { mailSmtp } from './mail/smtp/directives.ts';
import { mailAuthHttp } from './mail/auth_http/directives.ts';
import { mailProxy } from './mail/proxy/directives.ts';
import { mailRealip } from './mail/realip/directives.ts';
import { streamModule } from './stream/block/directives.ts';
import { streamCore } from './stream/core/directives.ts';
import { streamLog } from './stream/log/directives.ts';
import { streamUpstreamModule } from './stream/upstream/directives.ts';
import { streamSsl } from './stream/ssl/directives.ts';
import { streamRealip } from './stream/realip/directives.ts';
import { streamLimitConn } from './stream/limit_conn/directives.ts';
import { streamAccess } from './stream/access/directives.ts';
import { streamGeo } from './stream/geo/directives.ts';
import { streamGeoip } from './stream/geoip/directives.ts';
import { streamMap } from './stream/map/directives.ts';
import { streamSplitClients } from './stream/split_clients/directives.ts';
import { streamReturn } from './stream/return/directives.ts';
import { streamPass } from './stream/pass/directives.ts';
import { streamSet } from './stream/set/directives.ts';
import { streamSslPreread } from './stream/ssl_preread/directives.ts';
import { streamProxy } from './stream/proxy/directives.ts';
import { streamUpstreamHash } from './stream/upstream_hash/directives.ts';
import { streamUpstreamLeastConn } from './stream/upstream_least_conn/directives.ts';
import { streamUpstreamLeastTime } from './stream/upstream_least_time/directives.ts';
import { streamUpstreamRandom } from './stream/upstream_random/directives.ts';
import { streamUpstreamZone } from './stream/upstream_zone/directives.ts';
import { httpApi } from './http/api/directives.ts';
import { httpAuthJwt } from './http/auth_jwt/directives.ts';
import { httpAuthRequire } from './http/auth_require/directives.ts';
import { httpF4f } from './http/f4f/directives.ts';
import { httpHls } from './http/hls/directives.ts';
import { httpInternalRedirect } from './http/internal_redirect/directives.ts';
import { httpKeyval } from './http/keyval/directives.ts';
import { httpMysqlTest } from './http/mysql_test/directives.ts';
import { httpNumMap } from './http/num_map/directives.ts';
import { httpOidc } from './http/oidc/directives.ts';
import { httpSessionLog } from './http/session_log/directives.ts';
import { httpStatus } from './http/status/directives.ts';
import { httpUpstreamConf } from './http/upstream_conf/directives.ts';
import { httpUpstreamHc } from './http/upstream_hc/directives.ts';
import { streamKeyval } from './stream/keyval/directives.ts';
import { streamMqttFilter } from './stream/mqtt_filter/directives.ts';
import { streamMqttPreread } from './stream/mqtt_preread/directives.ts';
import { streamNumMap } from './stream/num_map/directives.ts';
import { streamUpstreamHc } from './stream/upstream_hc/directives.ts';
import { streamZoneSync } from './stream/zone_sync/directives.ts';
import { httpAcme } from './extra/acme/directives.ts';
import { angieHttpAcme, angieHttpApi, angieHttpCore, angieHttpDocker, angieHttpDoh, angieHttpFastcgi, angieHttpGrpc, angieHttpImageFilter, angieHttpLog, angieHttpMetric, angieHttpMp4, angieHttpPrometheus, angieHttpProxy, angieHttpRewrite, angieHttpScgi, angieHttpSsl, angieHttpUpstream, angieHttpUpstreamKeepalive, angieHttpUpstreamLeastTime, angieHttpUpstreamSticky, angieHttpUwsgi, angieHttpV3, angieMailCore, angieStreamAcme, angieStreamCore, angieStreamLog, angieStreamMetric, angieStreamMqttPreread, angieStreamProxy, angieStreamRdpPreread, angieStreamSsl, angieStreamUpstream, angieStreamUpstreamLeastTime, angieStreamUpstreamSticky } from './extra/angie/directives.ts';
import { httpArrayVar } from './extra/array_var/directives.ts';
import { httpAuthLdap } from './extra/auth_ldap/directives.ts';
import { httpAuthPam } from './extra/auth_pam/directives.ts';
import { httpBrotliFilter, httpBrotliStatic } from './extra/brotli/directives.ts';
import { httpCachePurge } from './extra/cache_purge/directives.ts';
import { httpDavExt } from './extra/dav_ext/directives.ts';
import { httpEcho } from './extra/echo/directives.ts';
import { httpEncryptedSession } from './extra/encrypted_session/directives.ts';
import { httpFancyindex } from './extra/fancyindex/directives.ts';
import { freenginxHttpCore, freenginxHttpFastcgi, freenginxHttpLog, freenginxHttpProxy, freenginxHttpScgi, freenginxHttpSsl, freenginxHttpUpstreamKeepalive, freenginxHttpUwsgi, freenginxMailCore, freenginxStreamLog } from './extra/freenginx/directives.ts';
import { httpGeoip2, streamGeoip2 } from './extra/geoip2/directives.ts';
import { httpHeadersMoreFilter } from './extra/headers_more/directives.ts';
import { httpLua } from './extra/lua/directives.ts';
import { httpMemc } from './extra/memc/directives.ts';
import { mgmtModule } from './extra/mgmt/directives.ts';
import { httpModsecurity } from './extra/modsecurity/directives.ts';
import { httpNaxsi } from './extra/naxsi/directives.ts';
import { nchan } from './extra/nchan/directives.ts';
import { httpJs, httpJsCore, streamJs, streamJsCore } from './extra/njs/directives.ts';
import { otel } from './extra/otel/directives.ts';
import { pagespeed } from './extra/pagespeed/directives.ts';
import { httpProxyConnect } from './extra/proxy_connect/directives.ts';
import { httpPushStream } from './extra/push_stream/directives.ts';
import { httpRateLimit } from './extra/rate_limit/directives.ts';
import { httpRedis2 } from './extra/redis2/directives.ts';
import { rtmpAccess, rtmpAutoPush, rtmpCodec, rtmpControl, rtmpCore, rtmpDash, rtmpExec, rtmpHls, rtmpLimit, rtmpLive, rtmpLog, rtmpModule, rtmpNetcall, rtmpNotify, rtmpPlay, rtmpRecord, rtmpRelay, rtmpStat } from './extra/rtmp/directives.ts';
import { httpSetMisc } from './extra/set_misc/directives.ts';
import { httpSrcacheFilter } from './extra/srcache/directives.ts';
import { streamLua } from './extra/stream_lua/directives.ts';
import { httpSubsFilter } from './extra/subs_filter/directives.ts';
import { tengineBacktrace, tengineCore, tengineErrlog, tengineHttpAppendHeader, tengineHttpConcat, tengineHttpCore, tengineHttpDebugConn, tengineHttpDebugPool, tengineHttpDebugTimer, tengineHttpDubbo, tengineHttpDyups, tengineHttpFastcgi, tengineHttpFooterFilter, tengineHttpGeoip, tengineHttpGrpc, tengineHttpGzipFilter, tengineHttpImageFilter, tengineHttpLimitReq, tengineHttpLog, tengineHttpLua, tengineHttpMemcached, tengineHttpMultiUpstream, tengineHttpProxy, tengineHttpProxyConnect, tengineHttpReqstat, tengineHttpScgi, tengineHttpSlabStat, tengineHttpSlice, tengineHttpSsl, tengineHttpSysguard, tengineHttpTfs, tengineHttpTrimFilter, tengineHttpUpstream, tengineHttpUpstreamConsistentHash, tengineHttpUpstreamDynamic, tengineHttpUpstreamIwrr, tengineHttpUpstreamKeepalive, tengineHttpUpstreamSessionSticky, tengineHttpUpstreamVnswrr, tengineHttpUserAgent, tengineHttpUwsgi, tengineHttpXquic, tengineHttpZstdFilter, tengineHttpZstdStatic, tengineIngress, tengineProcCore, tengineProcs, tengineRtsig, tengineStreamLog, tengineStreamMultiUpstream, tengineStreamProxy, tengineStreamSsl, tengineXudpCore } from './extra/tengine/directives.ts';
import { httpUpload } from './extra/upload/directives.ts';
import { httpUploadprogress } from './extra/upload_progress/directives.ts';
import { httpUpstreamCheck } from './extra/upstream_check/directives.ts';
import { httpUpstreamFair } from './extra/upstream_fair/directives.ts';
import { httpVod } from './extra/vod/directives.ts';
import { httpVhostTrafficStatus } from './extra/vts/directives.ts';
import { httpZstdFilter, httpZstdStatic } from './extra/zstd/directives.ts';

/**
 * Every module, in nginx's build order (auto/modules): phases and filters run in reverse of it, and the first
 * meaning of a name that fits a context is the one that counts.
 */
export const catalog: readonly Module[] = [
  // Core and events.
  core,
  errlog,
  conf,
  openssl,
  opensslCache,
  regex,
  eventCore, eventsModule,
  epoll,
  kqueue,
  devpoll,
  eventport,
  rtsig,
  iocp,
  threadPool,
  quicBpf,
  googlePerftools,
  // HTTP.
  httpModule,
  httpCore,
  httpLog,
  httpUpstream,
  httpV2,
  httpV3,
  httpStatic,
  httpGzipStatic,
  httpDav,
  httpAutoindex,
  httpIndex,
  httpRandomIndex,
  httpMirror,
  httpTryFiles,
  httpAuthRequest,
  httpAuthBasic,
  httpAccess,
  httpLimitConn,
  httpLimitReq,
  httpRealip,
  httpGeo,
  httpGeoip,
  httpMap,
  httpSplitClients,
  httpReferer,
  httpRewrite,
  httpSsl,
  httpProxy,
  httpFastcgi,
  httpUwsgi,
  httpScgi,
  httpGrpc,
  httpTunnel,
  httpMemcached,
  httpEmptyGif,
  httpBrowser,
  httpSecureLink,
  httpDegradation,
  httpFlv,
  httpMp4,
  httpUpstreamHash,
  httpUpstreamIpHash,
  httpUpstreamLeastConn,
  httpUpstreamLeastTime,
  httpUpstreamRandom,
  httpUpstreamSticky,
  httpUpstreamKeepalive,
  httpUpstreamZone,
  httpStubStatus,
  httpPerl,
  httpGzipFilter,
  httpSsiFilter,
  httpCharsetFilter,
  httpXsltFilter,
  httpImageFilter,
  httpSubFilter,
  httpAdditionFilter,
  httpGunzipFilter,
  httpUseridFilter,
  httpHeadersFilter,
  httpCopyFilter,
  httpSliceFilter,
  // Mail.
  mailModule,
  mailCore,
  mailSsl,
  mailPop3,
  mailImap,
  mailSmtp,
  mailAuthHttp,
  mailProxy,
  mailRealip,
  // Stream.
  streamModule,
  streamCore,
  streamLog,
  streamUpstreamModule,
  streamSsl,
  streamRealip,
  streamLimitConn,
  streamAccess,
  streamGeo,
  streamGeoip,
  streamMap,
  streamSplitClients,
  streamReturn,
  streamPass,
  streamSet,
  streamSslPreread,
  streamProxy,
  streamUpstreamHash,
  streamUpstreamLeastConn,
  streamUpstreamLeastTime,
  streamUpstreamRandom,
  streamUpstreamZone,
  // Commercial nginx and modules that nginx no longer has.
  httpApi,
  httpAuthJwt,
  httpAuthRequire,
  httpF4f,
  httpHls,
  httpInternalRedirect,
  httpKeyval,
  httpMysqlTest,
  httpNumMap,
  httpOidc,
  httpSessionLog,
  httpStatus,
  httpUpstreamConf,
  httpUpstreamHc,
  streamKeyval,
  streamMqttFilter,
  streamMqttPreread,
  streamNumMap,
  streamUpstreamHc,
  streamZoneSync,
  // Third-party packages.
  httpAcme,
  angieHttpAcme, angieStreamAcme, angieHttpApi, angieHttpCore, angieHttpDocker, angieHttpDoh, angieMailCore, angieStreamCore, angieHttpFastcgi, angieHttpRewrite, angieHttpGrpc, angieHttpV3, angieHttpImageFilter, angieHttpUpstreamKeepalive, angieHttpUpstreamLeastTime, angieStreamUpstreamLeastTime, angieHttpMetric, angieStreamMetric, angieHttpMp4, angieStreamMqttPreread, angieHttpLog, angieStreamLog, angieHttpPrometheus, angieHttpProxy, angieStreamProxy, angieStreamRdpPreread, angieHttpUpstream, angieStreamUpstream, angieHttpScgi, angieHttpSsl, angieStreamSsl, angieStreamUpstreamSticky, angieHttpUpstreamSticky, angieHttpUwsgi,
  httpArrayVar,
  httpAuthLdap,
  httpAuthPam,
  httpBrotliFilter, httpBrotliStatic,
  httpCachePurge,
  httpDavExt,
  httpEcho,
  httpEncryptedSession,
  httpFancyindex,
  freenginxHttpCore, freenginxHttpFastcgi, freenginxHttpUpstreamKeepalive, freenginxMailCore, freenginxHttpLog, freenginxStreamLog, freenginxHttpProxy, freenginxHttpScgi, freenginxHttpSsl, freenginxHttpUwsgi,
  httpGeoip2, streamGeoip2,
  httpHeadersMoreFilter,
  httpLua,
  httpMemc,
  mgmtModule,
  httpModsecurity,
  httpNaxsi,
  nchan,
  httpJs, streamJs, httpJsCore, streamJsCore,
  otel,
  pagespeed,
  httpProxyConnect,
  httpPushStream,
  httpRateLimit,
  httpRedis2,
  rtmpLog, rtmpCore, rtmpAccess, rtmpLive, rtmpDash, rtmpExec, rtmpHls, rtmpLimit, rtmpCodec, rtmpNetcall, rtmpNotify, rtmpPlay, rtmpRelay, rtmpRecord, rtmpModule, rtmpAutoPush, rtmpControl, rtmpStat,
  httpSetMisc,
  httpSrcacheFilter,
  streamLua,
  httpSubsFilter,
  tengineHttpLua, tengineHttpAppendHeader, tengineBacktrace, tengineHttpCore, tengineHttpConcat, tengineHttpUpstreamConsistentHash, tengineProcCore, tengineHttpDebugConn, tengineHttpDebugPool, tengineHttpDebugTimer, tengineHttpDubbo, tengineHttpUpstreamDynamic, tengineHttpDyups, tengineHttpSsl, tengineStreamSsl, tengineHttpFastcgi, tengineHttpFooterFilter, tengineHttpGeoip, tengineHttpGrpc, tengineHttpGzipFilter, tengineHttpImageFilter, tengineIngress, tengineHttpUpstreamIwrr, tengineHttpUpstreamKeepalive, tengineHttpLimitReq, tengineCore, tengineXudpCore, tengineHttpMemcached, tengineHttpMultiUpstream, tengineStreamMultiUpstream, tengineHttpLog, tengineStreamLog, tengineProcs, tengineHttpProxyConnect, tengineHttpProxy, tengineStreamProxy, tengineHttpReqstat, tengineHttpUpstream, tengineRtsig, tengineHttpScgi, tengineHttpUpstreamSessionSticky, tengineHttpSlabStat, tengineHttpSlice, tengineHttpSysguard, tengineHttpTfs, tengineHttpTrimFilter, tengineHttpUserAgent, tengineHttpUwsgi, tengineHttpUpstreamVnswrr, tengineHttpXquic, tengineErrlog, tengineHttpZstdFilter, tengineHttpZstdStatic,
  httpUpload,
  httpUploadprogress,
  httpUpstreamCheck,
  httpUpstreamFair,
  httpVod,
  httpVhostTrafficStatus,
  httpZstdFilter, httpZstdStatic,
];
