import { modules } from '../modules.ts';

/** Modules that are only there when nginx was configured with an option, by that option. */
const optional: Readonly<Record<string, readonly string[]>> = {
  threads: ['ngx_thread_pool_module'],
  google_perftools_module: ['ngx_google_perftools_module'],
  http_ssl_module: ['ngx_http_ssl_module'],
  http_v2_module: ['ngx_http_v2_module'],
  http_v3_module: ['ngx_http_v3_module', 'ngx_quic_bpf_module'],
  http_realip_module: ['ngx_http_realip_module'],
  http_addition_module: ['ngx_http_addition_filter_module'],
  http_xslt_module: ['ngx_http_xslt_filter_module'],
  http_image_filter_module: ['ngx_http_image_filter_module'],
  http_geoip_module: ['ngx_http_geoip_module'],
  http_sub_module: ['ngx_http_sub_filter_module'],
  http_dav_module: ['ngx_http_dav_module'],
  http_flv_module: ['ngx_http_flv_module'],
  http_mp4_module: ['ngx_http_mp4_module'],
  http_gunzip_module: ['ngx_http_gunzip_filter_module'],
  http_gzip_static_module: ['ngx_http_gzip_static_module'],
  http_auth_request_module: ['ngx_http_auth_request_module'],
  http_random_index_module: ['ngx_http_random_index_module'],
  http_secure_link_module: ['ngx_http_secure_link_module'],
  http_degradation_module: ['ngx_http_degradation_module'],
  http_slice_module: ['ngx_http_slice_filter_module'],
  http_stub_status_module: ['ngx_http_stub_status_module'],
  http_perl_module: ['ngx_http_perl_module'],
  http_tunnel_module: ['ngx_http_tunnel_module'],
  mail: [
    'ngx_mail_module',
    'ngx_mail_core_module',
    'ngx_mail_pop3_module',
    'ngx_mail_imap_module',
    'ngx_mail_smtp_module',
    'ngx_mail_auth_http_module',
    'ngx_mail_proxy_module',
    'ngx_mail_realip_module',
  ],
  mail_ssl_module: ['ngx_mail_ssl_module'],
  stream: [
    'ngx_stream_module',
    'ngx_stream_core_module',
    'ngx_stream_log_module',
    'ngx_stream_upstream_module',
    'ngx_stream_limit_conn_module',
    'ngx_stream_access_module',
    'ngx_stream_geo_module',
    'ngx_stream_map_module',
    'ngx_stream_split_clients_module',
    'ngx_stream_return_module',
    'ngx_stream_pass_module',
    'ngx_stream_set_module',
    'ngx_stream_proxy_module',
    'ngx_stream_upstream_hash_module',
    'ngx_stream_upstream_least_conn_module',
    'ngx_stream_upstream_least_time_module',
    'ngx_stream_upstream_random_module',
    'ngx_stream_upstream_zone_module',
  ],
  stream_ssl_module: ['ngx_stream_ssl_module'],
  stream_realip_module: ['ngx_stream_realip_module'],
  stream_geoip_module: ['ngx_stream_geoip_module'],
  stream_ssl_preread_module: ['ngx_stream_ssl_preread_module'],
};

/** Modules of other systems, and those that come on their own. */
const separate = new Set([
  'ngx_kqueue_module',
  'ngx_devpoll_module',
  'ngx_eventport_module',
  'ngx_iocp_module',
  'ngx_rtsig_module',
  'ngx_mgmt_module',
  'ngx_http_acme_module',
  'ngx_http_js_module',
  'ngx_stream_js_module',
  'ngx_http_js_core_module',
  'ngx_stream_js_core_module',
  'ngx_otel_module',
  'ngx_http_upstream_check_module',
]);

/** An nginx as its configure arguments describe it. */
export interface Built {
  readonly modules: ReadonlySet<string>;
  readonly dynamic: ReadonlyMap<string, readonly string[]>;
}

/** The modules in an nginx, from the arguments that `nginx -V` prints: those built in, and those that `load_module` adds. */
export function modulesBuiltWith(configureArguments: string): Built {
  const files = new Map<string, readonly string[]>();
  const has = new Set(Object.values(optional).flat());
  const names = modules
    .filter((module) => module.package === undefined && !has.has(module.name) && !separate.has(module.name))
    .map(({ name }) => name);
  for (const [, option = '', dynamic] of configureArguments.matchAll(/--with-([a-z0-9_]+)(=dynamic)?/g)) {
    if (dynamic === undefined && !isBesideDynamic(option, configureArguments)) names.push(...(optional[option] ?? []));
    else if (dynamic !== undefined)
      files.set(`ngx_${option}${option.endsWith('_module') ? '' : '_module'}.so`, withCompanions(option, configureArguments));
  }
  return { modules: new Set(names), dynamic: files };
}

/** `--with-stream_ssl_module` is part of a dynamic stream module. */
function isBesideDynamic(option: string, configureArguments: string): boolean {
  const [subsystem = ''] = option.split('_');
  return (
    ['stream', 'mail'].includes(subsystem) && option !== subsystem && configureArguments.includes(`--with-${subsystem}=dynamic`)
  );
}

function withCompanions(option: string, configureArguments: string): string[] {
  const own = [...(optional[option] ?? [])];
  for (const [, other = ''] of configureArguments.matchAll(/--with-([a-z0-9_]+_module)(?!=)\b/g)) {
    if (other.startsWith(`${option}_`)) own.push(...(optional[other] ?? []));
  }
  return own;
}
