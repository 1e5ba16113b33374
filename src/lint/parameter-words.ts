import { nearest, similarTo } from '../base/nearest.ts';

/** The parameters that nginx's own source looks for, by directive; those with `=` and a value have no others. */
const words: Readonly<Record<string, readonly string[]>> = {
  // ngx_http_core_listen
  listen: [
    'default_server',
    'ssl',
    'http2',
    'quic',
    'proxy_protocol',
    'setfib',
    'fastopen',
    'backlog',
    'rcvbuf',
    'sndbuf',
    'accept_filter',
    'deferred',
    'bind',
    'ipv6only',
    'reuseport',
    'so_keepalive',
  ],
  // ngx_http_limit_req, ngx_http_limit_req_zone
  limit_req: ['zone', 'burst', 'delay', 'nodelay'],
  limit_req_zone: ['zone', 'rate', 'sync'],
  // ngx_http_log_set_format
  log_format: ['escape=default', 'escape=json', 'escape=none'],
  // ngx_http_file_cache_set_slot
  proxy_cache_path: [
    'levels',
    'use_temp_path',
    'keys_zone',
    'inactive',
    'max_size',
    'min_free',
    'manager_files',
    'manager_sleep',
    'manager_threshold',
    'loader_files',
    'loader_sleep',
    'loader_threshold',
    'purger',
    'purger_files',
    'purger_sleep',
    'purger_threshold',
  ],
};

/** The one parameter that `word` (`brust=5`) nearly is, with the value that is written; undefined when there is none, or several. */
export function likelyParameter(directive: string, word: string): string | undefined {
  const known = words[directive.replace(/^(?:fastcgi|scgi|uwsgi)_cache_path$/, 'proxy_cache_path')];
  if (!known) return undefined;
  const [, name = '', rest = ''] = /^([^=]*)(.*)$/s.exec(word) ?? [];
  if (known.includes(name)) return undefined;
  const whole = nearest(similarTo(word, known));
  const [near, ...others] = whole.length > 0 ? whole : nearest(similarTo(name, known)).map((one) => one + rest);
  return others.length > 0 ? undefined : near;
}
