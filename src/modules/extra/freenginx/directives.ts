import { take1, take123 } from '../../../schema/arity.ts';
import { http, location, mail, mailServer, server, stream, streamServer, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_core_module (freenginx). */
export const freenginxHttpCore = defineModule({
  name: 'ngx_http_core_module',
  package: 'freenginx',
  directives: {
    client_body_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_fastcgi_module (freenginx). */
export const freenginxHttpFastcgi = defineModule({
  name: 'ngx_http_fastcgi_module',
  package: 'freenginx',
  directives: {
    fastcgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_keepalive_module (freenginx). */
export const freenginxHttpUpstreamKeepalive = defineModule({
  name: 'ngx_http_upstream_keepalive_module',
  package: 'freenginx',
  directives: {
    keepalive: { in: upstream, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_mail_core_module (freenginx). */
export const freenginxMailCore = defineModule({
  name: 'ngx_mail_core_module',
  package: 'freenginx',
  directives: {
    max_commands: { in: mail | mailServer, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_log_module (freenginx). */
export const freenginxHttpLog = defineModule({
  name: 'ngx_http_log_module',
  package: 'freenginx',
  directives: {
    open_log_file_cache: { in: http | server | location, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_log_module (freenginx). */
export const freenginxStreamLog = defineModule({
  name: 'ngx_stream_log_module',
  package: 'freenginx',
  directives: {
    open_log_file_cache: { in: stream | streamServer, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_proxy_module (freenginx). */
export const freenginxHttpProxy = defineModule({
  name: 'ngx_http_proxy_module',
  package: 'freenginx',
  directives: {
    proxy_cookie_flags: { in: http | server | location, args: take123, value: { kind: 'custom' } },
    proxy_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_scgi_module (freenginx). */
export const freenginxHttpScgi = defineModule({
  name: 'ngx_http_scgi_module',
  package: 'freenginx',
  directives: {
    scgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_ssl_module (freenginx). */
export const freenginxHttpSsl = defineModule({
  name: 'ngx_http_ssl_module',
  package: 'freenginx',
  directives: {
    ssl_trusted_certificate: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_uwsgi_module (freenginx). */
export const freenginxHttpUwsgi = defineModule({
  name: 'ngx_http_uwsgi_module',
  package: 'freenginx',
  directives: {
    uwsgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});
