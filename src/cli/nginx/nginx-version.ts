import { handlers } from '../../modules/handlers.ts';
import { version } from '../version.ts';

/** Modules that nginx builds only when told to (auto/options). */
const optional = [
  'ssl',
  'v2',
  'v3',
  'realip',
  'addition',
  'sub',
  'dav',
  'flv',
  'mp4',
  'gunzip',
  'gzip_static',
  'auth_request',
  'random_index',
  'secure_link',
  'slice',
  'stub_status',
];

/** Modules that nginx builds unless told not to. */
const builtIn = [
  'charset',
  'gzip',
  'ssi',
  'userid',
  'access',
  'auth_basic',
  'mirror',
  'autoindex',
  'geo',
  'map',
  'split_clients',
  'referer',
  'rewrite',
  'proxy',
  'fastcgi',
  'uwsgi',
  'scgi',
  'grpc',
  'tunnel',
  'memcached',
  'limit_conn',
  'limit_req',
  'empty_gif',
  'browser',
  'upstream_hash',
  'upstream_ip_hash',
  'upstream_least_conn',
  'upstream_least_time',
  'upstream_random',
  'upstream_keepalive',
  'upstream_zone',
  'upstream_sticky',
];

/** What configure would have been told to build what runs here: with what is optional and there, without what is missing. */
export function configureArguments(): string {
  const names = new Set(handlers.map(({ module: { name } }) => name.replace(/^ngx_http_|(?:_filter)?_module$/g, '')));
  const present = optional.filter((name) => names.has(name)).map((name) => `--with-http_${name}_module`);
  const absent = builtIn.filter((name) => !names.has(name)).map((name) => `--without-http_${name}_module`);
  return [...present, ...absent].join(' ');
}

/** What `-v`, `-V` and `-h` show (ngx_show_version_info). */
export function versionInfo(
  nginxVersion: string,
  { help, configure }: { readonly help: boolean; readonly configure: boolean },
): string {
  const lines = [`nginx version: nginx/${nginxVersion}`];
  if (help) lines.push(...usage);
  if (configure) {
    lines.push(`built by nginxrun ${version} on Node ${process.versions.node}`);
    lines.push(`configure arguments: ${configureArguments()}`);
  }
  return `${lines.join('\n')}\n`;
}

const usage = [
  'Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]',
  '             [-e filename] [-c filename] [-g directives]',
  '',
  'Options:',
  '  -?,-h         : this help',
  '  -v            : show version and exit',
  '  -V            : show version and configure options then exit',
  '  -t            : test configuration and exit',
  '  -T            : test configuration, dump it and exit',
  '  -q            : suppress non-error messages during configuration testing',
  '  -s signal     : send signal to a master process: stop, quit, reopen, reload',
  '  -p prefix     : set prefix path (default: /etc/nginx/)',
  '  -e filename   : set error log file (default: logs/error.log)',
  '  -c filename   : set configuration file (default: conf/nginx.conf)',
  '  -g directives : set global directives out of configuration file',
  '',
];
