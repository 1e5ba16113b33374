import * as say from '../../diagnostics/nginx-messages.ts';
import type { Reading } from '../../schema/directive.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import type { Entry } from '../lookup.ts';
import {
  debugConnection,
  eventsBlock,
  loadModule,
  threadPool,
  use,
  workerConnections,
  workerCpuAffinity,
  workerPriority,
  workerProcesses,
} from './core-modules.ts';
import { definesVariable } from './defines.ts';
import { geo } from './geo.ts';
import { geoipDatabase, passwordFile, pidFile, quicHostKey, user } from './host-paths.ts';
import {
  aio,
  directio,
  disableSymlinks,
  errorPage,
  gzipDisable,
  httpBlock,
  keepaliveTimeout,
  openFileCache,
  poolSize,
  root,
  types,
} from './http-core.ts';
import { listen, server, serverName } from './http-listen.ts';
import { limitExcept, location } from './http-location.ts';
import {
  accessRule,
  addHeader,
  authRequestSet,
  bind,
  charset,
  degradation,
  expires,
  gzipSize,
  imageFilter,
  index,
  mirror,
  modernBrowser,
  perl,
  realipFrom,
  resolver,
  subFilter,
  tryFiles,
  useridExpires,
  useridMark,
  validReferers,
} from './http-modules.ts';
import { cache, plainPass, proxyCookie, proxyPass, proxyRedirect, splitPathInfo, store } from './http-pass.ts';
import { condition, returns, rewrite, set } from './http-rewrite.ts';
import { http2ChunkSize, http2PrereadSize, http2Push, http2RecvBufferSize, http2StreamsIndexSize, lowat } from './http-sizes.ts';
import { slotFor } from './kinds.ts';
import { accessLog, errorLog, logFormat } from './logs.ts';
import { mailAuthHttp, mailBlock, mailListen, mailProtocol, mailServer } from './mail.ts';
import { starttls } from './mail-ssl.ts';
import { charsetMap, map, splitClients } from './maps.ts';
import type { Call, Setter } from './run.ts';
import { certificateCache, enable, listed, ocspCache, sessionCache } from './ssl.ts';
import { sticky } from './sticky.ts';
import { alpn, streamBlock, streamListen, streamPass, streamProxyPass, streamReturn, streamServer } from './stream.ts';
import { hash, ipHash, keepalive, leastConn, leastTime, random, upstream, upstreamServer, zone } from './upstreams.ts';
import { cachePath, limitConn, limitReq, limitZone } from './zones.ts';

/** Setters that need more than the kind of value, by module (without `ngx_` and `_module`) and directive. */
const own: Readonly<Record<string, Setter>> = {
  'conf include': include,
  'core load_module': loadModule,
  'core user': user,
  'core pid': pidFile,
  'http http': httpBlock,
  'http_core server': server,
  'http_core listen': listen,
  'http_core server_name': serverName,
  'http_core location': location,
  'http_core limit_except': limitExcept,
  'http_core root': root,
  'http_core alias': root,
  'http_core error_page': errorPage,
  'http_core open_file_cache': openFileCache,
  'http_log open_log_file_cache': openFileCache,
  'stream_log open_log_file_cache': openFileCache,
  'http_core keepalive_timeout': keepaliveTimeout,
  'http_core directio': directio,
  'http_core aio': aio,
  'http_core gzip_disable': gzipDisable,
  'http_core disable_symlinks': disableSymlinks,
  'http_core connection_pool_size': (call) => poolSize(call, parseSize),
  'http_core request_pool_size': (call) => poolSize(call, parseSize),
  'http_core types': types,
  'http_rewrite rewrite': rewrite,
  'http_rewrite return': returns,
  'http_rewrite set': set,
  'http_rewrite if': condition,
  'http_rewrite break': nothing,
  'http_map map': map,
  'stream_map map': map,
  'http_geo geo': geo,
  'stream_geo geo': geo,
  'http_split_clients split_clients': splitClients,
  'stream_split_clients split_clients': splitClients,
  'http_charset_filter charset_map': charsetMap,
  'http_upstream upstream': upstream,
  'stream_upstream upstream': upstream,
  'http_upstream server': upstreamServer,
  'stream_upstream server': upstreamServer,
  'http_upstream_least_conn least_conn': leastConn,
  'stream_upstream_least_conn least_conn': leastConn,
  'http_upstream_ip_hash ip_hash': ipHash,
  'http_upstream_hash hash': hash,
  'stream_upstream_hash hash': hash,
  'http_upstream_sticky sticky': sticky,
  'http_image_filter image_filter': imageFilter,
  'http_keyval keyval': (call) => void definesVariable(call, 1),
  'stream_keyval keyval': (call) => void definesVariable(call, 1),
  'http_auth_jwt auth_jwt_claim_set': (call) => void definesVariable(call, 0),
  'http_auth_jwt auth_jwt_header_set': (call) => void definesVariable(call, 0),
  'http_upstream_check check_keepalive_requests': positive,
  'http_upstream_least_time least_time': leastTime,
  'stream_upstream_least_time least_time': leastTime,
  'http_upstream_random random': random,
  'stream_upstream_random random': random,
  'http_upstream_keepalive keepalive': keepalive,
  'http_upstream_zone zone': zone,
  'stream_upstream_zone zone': zone,
  'http_limit_req limit_req_zone': limitZone,
  'http_limit_conn limit_conn_zone': limitZone,
  'stream_limit_conn limit_conn_zone': limitZone,
  'http_limit_req limit_req': limitReq,
  'http_limit_conn limit_conn': limitConn,
  'stream_limit_conn limit_conn': limitConn,
  'http_proxy proxy_pass': proxyPass,
  'http_fastcgi fastcgi_pass': plainPass,
  'http_scgi scgi_pass': plainPass,
  'http_uwsgi uwsgi_pass': plainPass,
  'http_memcached memcached_pass': plainPass,
  'http_grpc grpc_pass': plainPass,
  'http_proxy proxy_set_body': keyvalOnce,
  'http_proxy proxy_redirect': proxyRedirect,
  'http_proxy proxy_cookie_domain': proxyCookie,
  'http_proxy proxy_cookie_path': proxyCookie,
  'http_proxy proxy_cookie_flags': proxyCookie,
  'http_fastcgi fastcgi_split_path_info': splitPathInfo,
  'core error_log': errorLog,
  'errlog error_log': errorLog,
  'http_core error_log': errorLog,
  'stream_core error_log': errorLog,
  'mail_core error_log': errorLog,
  'http_log log_format': logFormat,
  'stream_log log_format': logFormat,
  'http_log access_log': accessLog,
  'stream_log access_log': accessLog,
  'http_headers_filter expires': expires,
  'http_headers_filter add_header': addHeader,
  'http_headers_filter add_trailer': addHeader,
  'http_access allow': accessRule,
  'http_access deny': accessRule,
  'stream_access allow': accessRule,
  'stream_access deny': accessRule,
  'http_realip set_real_ip_from': realipFrom,
  'stream_realip set_real_ip_from': realipFrom,
  'mail_realip set_real_ip_from': realipFrom,
  'http_referer valid_referers': validReferers,
  'http_try_files try_files': tryFiles,
  'http_core try_files': tryFiles,
  'http_index index': index,
  'http_mirror mirror': mirror,
  'http_auth_request auth_request_set': authRequestSet,
  'http_userid_filter userid_expires': useridExpires,
  'http_userid_filter userid_mark': useridMark,
  'http_browser modern_browser': modernBrowser,
  'http_sub_filter sub_filter': subFilter,
  'http_charset_filter charset': charset,
  'http_charset_filter source_charset': charset,
  'http_core resolver': resolver,
  'stream_core resolver': resolver,
  'mail_core resolver': resolver,
  'http_gzip_filter gzip_window': (call) => gzipSize(call, parseSize),
  'http_gzip_filter gzip_hash': (call) => gzipSize(call, parseSize),
  'events events': eventsBlock,
  'event_core worker_connections': workerConnections,
  'event_core connections': workerConnections,
  'event_core use': use,
  'event_core debug_connection': debugConnection,
  'core worker_processes': workerProcesses,
  'core worker_priority': workerPriority,
  'core worker_cpu_affinity': workerCpuAffinity,
  'thread_pool thread_pool': threadPool,
  'http_ssl ssl': enable,
  'http_ssl ssl_session_cache': sessionCache,
  'stream_ssl ssl_session_cache': sessionCache,
  'mail_ssl ssl_session_cache': sessionCache,
  'http_ssl ssl_ocsp_cache': ocspCache,
  'http_ssl ssl_certificate': listed,
  'http_ssl ssl_certificate_key': listed,
  'stream_ssl ssl_certificate': listed,
  'stream_ssl ssl_certificate_key': listed,
  'http_perl perl': perl,
  'http_degradation degradation': degradation,
  'http_v3 quic_host_key': quicHostKey,
  'http_geoip geoip_country': geoipDatabase,
  'http_geoip geoip_city': geoipDatabase,
  'http_geoip geoip_org': geoipDatabase,
  'mail mail': mailBlock,
  'mail_core server': mailServer,
  'mail_core listen': mailListen,
  'mail_core protocol': mailProtocol,
  'mail_auth_http auth_http': mailAuthHttp,
  'mail_ssl ssl': enable,
  'mail_ssl starttls': starttls,
  'mail_ssl ssl_certificate': listed,
  'mail_ssl ssl_certificate_key': listed,
  'stream stream': streamBlock,
  'stream_core server': streamServer,
  'stream_core listen': streamListen,
  'stream_proxy proxy_pass': streamProxyPass,
  'stream_return return': streamReturn,
  'stream_pass pass': streamPass,
  'stream_set set': set,
  'stream_ssl ssl_alpn': alpn,
  'stream_proxy proxy_ssl_alpn': alpn,
  'stream_proxy proxy_bind': bind,
  'http_core send_lowat': lowat,
  'http_proxy proxy_send_lowat': lowat,
  'http_fastcgi fastcgi_send_lowat': lowat,
  'http_v2 http2_recv_buffer_size': http2RecvBufferSize,
  'http_v2 http2_body_preread_size': http2PrereadSize,
  'http_v2 http2_chunk_size': http2ChunkSize,
  'http_v2 http2_push': http2Push,
  'http_v2 http2_pool_size': (call) => poolSize(call, parseSize),
  'http_v2 http2_streams_index_size': http2StreamsIndexSize,
  ...forCaching(),
  ...forTls(),
};

function forTls(): Record<string, Setter> {
  const found: Record<string, Setter> = {};
  for (const module of ['http_ssl', 'stream_ssl', 'mail_ssl']) {
    found[`${module} ssl_password_file`] = passwordFile;
    found[`${module} ssl_session_ticket_key`] = listed;
    found[`${module} ssl_certificate_cache`] = certificateCache;
  }
  for (const [module, prefix] of [
    ['http_proxy', 'proxy'],
    ['http_uwsgi', 'uwsgi'],
    ['http_grpc', 'grpc'],
    ['stream_proxy', 'proxy'],
  ]) {
    found[`${module} ${prefix}_ssl_password_file`] = passwordFile;
    found[`${module} ${prefix}_ssl_certificate_cache`] = certificateCache;
  }
  return found;
}

function forCaching(): Record<string, Setter> {
  const found: Record<string, Setter> = {};
  for (const prefix of ['proxy', 'fastcgi', 'uwsgi', 'scgi']) {
    found[`http_${prefix} ${prefix}_store`] = store;
    found[`http_${prefix} ${prefix}_cache`] = cache;
    found[`http_${prefix} ${prefix}_cache_path`] = cachePath;
  }
  return found;
}

/** ngx_conf_include */
function include({ run, directive, frame }: Call): void {
  run.includes?.(run, directive, (statements) => run.process(statements, frame));
}

/** A number above zero, the last one counting. */
function positive(call: Call): void {
  if (!parseNumber(call.arg(0))) call.refuse('invalid value', 0);
}

/** A value that is looked into when blocks are merged. */
function keyvalOnce(call: Call): void {
  call.set([call]);
}

/** Kinds whose values add up. */
const adding: ReadonlySet<string> = new Set(['bitmask', 'mime-types', 'keyval', 'param']);

const found = new WeakMap<Entry['facts'], Setter>();

/** The setter of a directive in one of its meanings. */
export function setterOf({ module, name, facts }: Entry): Setter {
  const key = `${module.name.replace(/^ngx_|_module$/g, '')} ${name}`;
  return own[key] ?? readerOf(module, facts) ?? (module.package === undefined || isPlain(facts) ? simple(facts) : nothing);
}

/** Kinds of values that nginx's own functions read, and that mean the same in every module. */
const plainKinds: ReadonlySet<string> = new Set(['flag', 'number', 'size', 'offset', 'time', 'enum', 'bitmask', 'bufs']);

function isPlain({ value }: Entry['facts']): boolean {
  return value !== undefined && plainKinds.has(value.kind);
}

/** Modules that are not nginx's own: what runs them reads their arguments in their own words. */
function readerOf(module: Entry['module'], facts: Entry['facts']): Setter | undefined {
  const { read } = facts as { readonly read?: (args: readonly string[], at: Reading, before: unknown) => unknown };
  const isOurs = module.package === undefined && module.name !== 'ngx_http_upstream_check_module';
  const isPlain = facts.value !== undefined && facts.args.min > 0 && slotFor(facts.value) !== undefined;
  if (!read || isOurs) return undefined;
  if (isPlain) return simple(facts);
  return (call) => {
    read(
      call.args,
      {
        name: call.name,
        context: call.frame.context,
        lines: (call.directive.children ?? []).map(({ name, args }) => [name, ...args]),
        fail(nginx, arg) {
          call.fail(nginx, arg);
          return undefined;
        },
      },
      undefined,
    );
  };
}

function simple(facts: Entry['facts']): Setter {
  let setter = found.get(facts);
  if (!setter) {
    const slot = facts.deprecated && slotFor(facts.value) ? warning(slotFor(facts.value) as Setter) : slotFor(facts.value);
    const repeats = facts.repeat !== undefined && facts.repeat !== 'no';
    setter = !slot ? (repeats ? nothing : once) : repeats && !adding.has(facts.value?.kind ?? '') ? repeated(slot) : slot;
    found.set(facts, setter);
  }
  return setter;
}

/** ngx_conf_deprecated, and what nginx says of directives it no longer obeys. */
function warning(slot: Setter): Setter {
  return (call) => {
    const { deprecated, value } = call.entry.facts;
    const { replacement, since, effect } = deprecated ?? {};
    const before = call.run.findings.length;
    slot(call);
    if (call.run.findings.length > before || (since !== undefined && !call.since(since)) || effect === undefined) return;
    const rule = /^(?:http2|spdy)_/.test(call.name) ? 'deprecated-http2-directives' : 'deprecated-directive';
    if (value?.kind === 'ignored') call.warn(say.obsolete(call.name, replacement), undefined, rule);
    else if (replacement !== undefined) call.warn(say.deprecatedUse(call.name, replacement), undefined, rule);
  };
}

function nothing(): void {
  // what the directive takes is not known here
}

function once(call: Call): void {
  if (call.entry.facts.repeat === 'no') call.set(call.args);
}

/** The same checks without "is duplicate". */
function repeated(slot: Setter): Setter {
  return (call) => {
    call.frame.fields.delete(call.name);
    slot(call);
  };
}
