import { type Scope, scopesWithin, type Use } from '../../model/scope.ts';
import type { Job } from './job.ts';

/** Directives that have nothing to say in HAProxy, by the reason. */
const reasons: Readonly<Record<string, string>> = {
  'HAProxy is started and run in its own way':
    'user worker_processes worker_cpu_affinity worker_priority worker_rlimit_nofile worker_rlimit_core worker_shutdown_timeout daemon master_process pid lock_file working_directory env thread_pool load_module worker_connections use multi_accept accept_mutex accept_mutex_delay worker_aio_requests timer_resolution pcre_jit debug_points debug_connection google_perftools_profiles',
  'it is about files, and HAProxy has none':
    'sendfile sendfile_max_chunk tcp_nopush aio aio_write directio directio_alignment open_file_cache open_file_cache_valid open_file_cache_min_uses open_file_cache_errors output_buffers read_ahead disable_symlinks log_not_found etag if_modified_since max_ranges index autoindex_exact_size autoindex_format autoindex_localtime types types_hash_max_size types_hash_bucket_size default_type open_log_file_cache',
  'HAProxy sizes its tables itself':
    'server_names_hash_max_size server_names_hash_bucket_size variables_hash_max_size variables_hash_bucket_size map_hash_max_size map_hash_bucket_size proxy_headers_hash_max_size proxy_headers_hash_bucket_size zone check_shm_size',
  'HAProxy passes bodies and answers on as they come, in its own buffers, never through files':
    'client_body_buffer_size client_body_temp_path client_body_in_single_buffer client_header_buffer_size large_client_header_buffers proxy_buffers proxy_busy_buffers_size proxy_temp_path proxy_max_temp_file_size proxy_temp_file_write_size fastcgi_buffers fastcgi_busy_buffers_size fastcgi_temp_path fastcgi_max_temp_file_size postpone_output subrequest_output_buffer_size connection_pool_size request_pool_size',
  'HAProxy sends no name of its own': 'server_tokens',
  'HAProxy speaks HTTP/1.1 to servers, and keeps connections as they allow':
    'proxy_http_version fastcgi_keep_conn proxy_socket_keepalive keepalive_requests keepalive_time keepalive_timeout_header keepalive_disable check_keepalive_requests',
  'HAProxy closes connections in its own way':
    'lingering_close lingering_time lingering_timeout reset_timedout_connection tcp_nodelay',
  'HAProxy looks names up at its start': 'resolver resolver_timeout',
  'TLS sessions are kept by HAProxy itself':
    'ssl_session_cache ssl_session_timeout ssl_buffer_size ssl_early_data proxy_ssl_session_reuse',
  'a limit that only logs, or how it logs':
    'limit_req_log_level limit_conn_log_level error_log rewrite_log log_subrequest uninitialized_variable_warn',
};

const moot = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.split(' ').map((name) => [name, reason] as const)),
);

/** Directives that are read where they are in force: one that nothing was said of is in force nowhere. */
const read = new Set(
  `server listen server_name location upstream return rewrite if set break internal root alias proxy_pass fastcgi_pass grpc_pass proxy_set_header add_header
   proxy_hide_header proxy_pass_header proxy_redirect proxy_cookie_domain proxy_cookie_path proxy_connect_timeout proxy_read_timeout proxy_send_timeout
   fastcgi_connect_timeout fastcgi_read_timeout fastcgi_send_timeout grpc_connect_timeout grpc_read_timeout grpc_send_timeout proxy_next_upstream
   proxy_next_upstream_tries proxy_next_upstream_timeout fastcgi_param fastcgi_index fastcgi_split_path_info allow deny satisfy auth_basic
   auth_basic_user_file limit_req limit_req_zone limit_req_status limit_conn limit_conn_zone limit_conn_status limit_except client_max_body_size
   client_header_timeout client_body_timeout send_timeout keepalive_timeout expires map absolute_redirect port_in_redirect merge_slashes ssl_certificate
   ssl_certificate_key ssl_protocols ssl_ciphers ssl_ecdh_curve ssl_prefer_server_ciphers ssl_session_tickets ssl_client_certificate ssl_verify_client
   ssl_crl proxy_ssl_verify proxy_ssl_trusted_certificate proxy_ssl_name proxy_ssl_server_name proxy_ssl_certificate proxy_ssl_certificate_key check
   check_http_send check_http_expect_alive health_check match keepalive http2 proxy_timeout proxy_protocol proxy_ssl log_format
   proxy_buffer_size fastcgi_buffer_size grpc_buffer_size`.split(/\s+/),
);

/** Why some are lost. */
const losses: Readonly<Record<string, string>> = {
  gzip: 'compression in HAProxy is its own (filter compression), and is left to who runs it',
  try_files: 'HAProxy sees no files',
  error_page: 'HAProxy goes on to no other location, and sends its own pages',
  auth_request: 'HAProxy asks nobody else before it passes a request on',
  mirror: 'HAProxy copies no requests',
  proxy_cache: "HAProxy's cache holds small objects of one process, by its own rules",
  sub_filter: 'HAProxy leaves bodies as they are',
  ssl_stapling: 'HAProxy staples what lies beside the certificate, with .ocsp at its end',
  stub_status: 'HAProxy has its own page: stats enable',
  check_status: 'HAProxy has its own page: stats enable',
  set_real_ip_from: 'HAProxy takes addresses from fields by rules of its own (http-request set-src)',
  real_ip_header: 'HAProxy takes addresses from fields by rules of its own (http-request set-src)',
  real_ip_recursive: 'HAProxy takes addresses from fields by rules of its own (http-request set-src)',
  proxy_pass_request_body: 'HAProxy passes bodies on',
  mail: 'HAProxy has no mail proxy',
};

/** Says of every directive that nothing was said of what becomes of it: nothing is lost in silence. */
export function sayTheRest(job: Job): void {
  const { ledger, model } = job;
  for (const scope of scopesWithin(model.root))
    for (const use of scope.uses) if (!ledger.has(use.directive)) sayOf(job, use, scope);
  for (const { directive } of [...model.unknown, ...model.misplaced])
    if (!ledger.has(directive)) ledger.dropped(directive, 'nginx knows no such directive here');
}

function sayOf({ ledger }: Job, { directive, entry }: Use, scope: Scope): void {
  const { name, args } = directive;
  const reason = moot.get(name);
  if (name === 'http' || name === 'stream' || name === 'events') ledger.moot(directive, 'HAProxy has no such block');
  else if (name === 'access_log') {
    if (args[0] === 'off') ledger.moot(directive, 'HAProxy logs all requests or none');
    else ledger.approximated(directive, 'option httplog, in the format of HAProxy');
  } else if (name === 'proxy_buffering' || name === 'proxy_request_buffering' || name === 'fastcgi_buffering')
    sayBuffering(ledger, directive);
  else if (reason !== undefined) ledger.moot(directive, reason);
  else if (isDefault(args, entry.facts.default)) ledger.moot(directive, 'what it would be anyway');
  else if (read.has(name)) ledger.moot(directive, 'it is in force nowhere');
  else ledger.dropped(directive, losses[name] ?? `nothing is written for it${scope.directive?.name === 'if' ? ' in an if' : ''}`);
}

function sayBuffering(ledger: Job['ledger'], directive: Use['directive']): void {
  if (directive.args[0] === 'off') ledger.mapped(directive, 'HAProxy passes on what comes');
  else ledger.approximated(directive, 'HAProxy passes on what comes: a slow client holds the connection to the server');
}

function isDefault(args: readonly string[], defaults: readonly string[] | undefined): boolean {
  return defaults?.includes(args.join(' ')) ?? false;
}
