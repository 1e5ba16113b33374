/* What nginx's distribution passes to FastCGI, uwsgi and SCGI applications. */

const request: readonly string[] = [
  'QUERY_STRING $query_string',
  'REQUEST_METHOD $request_method',
  'CONTENT_TYPE $content_type',
  'CONTENT_LENGTH $content_length',
];
const place: readonly string[] = [
  'REQUEST_URI $request_uri',
  'DOCUMENT_URI $document_uri',
  'DOCUMENT_ROOT $document_root',
  'SERVER_PROTOCOL $server_protocol',
  'REQUEST_SCHEME $scheme',
  'HTTPS $https if_not_empty',
];
const ends: readonly string[] = [
  'REMOTE_ADDR $remote_addr',
  'REMOTE_PORT $remote_port',
  'SERVER_PORT $server_port',
  'SERVER_NAME $server_name',
];
const fastcgi: readonly string[] = [
  ...request,
  'SCRIPT_NAME $fastcgi_script_name',
  ...place,
  'GATEWAY_INTERFACE CGI/1.1',
  'SERVER_SOFTWARE nginx/$nginx_version',
  'REMOTE_ADDR $remote_addr',
  'REMOTE_PORT $remote_port',
  'REMOTE_USER $remote_user',
  'SERVER_ADDR $server_addr',
  'SERVER_PORT $server_port',
  'SERVER_NAME $server_name',
  'REDIRECT_STATUS 200',
];

/** `fastcgi_params` */
export const fastcgiParams = (): string => lines('fastcgi_param', fastcgi);

/** `fastcgi.conf`: the same, with SCRIPT_FILENAME. */
export const fastcgiConf = (): string =>
  lines('fastcgi_param', ['SCRIPT_FILENAME $document_root$fastcgi_script_name', ...fastcgi]);

/** `uwsgi_params` */
export const uwsgiParams = (): string =>
  lines('uwsgi_param', [...request, 'REQUEST_URI $request_uri', 'PATH_INFO $document_uri', ...place.slice(2), ...ends]);

/** `scgi_params` */
export const scgiParams = (): string =>
  lines('scgi_param', [
    'REQUEST_METHOD $request_method',
    'REQUEST_URI $request_uri',
    'QUERY_STRING $query_string',
    'CONTENT_TYPE $content_type',
    ...place.slice(1, 3),
    'SCGI 1',
    ...place.slice(3),
    ...ends,
  ]);

/** `proxy_params`: Debian's, also made by many others. */
export const proxyParams = (): string =>
  lines('proxy_set_header', [
    'Host $host',
    'X-Real-IP $remote_addr',
    'X-Forwarded-For $proxy_add_x_forwarded_for',
    'X-Forwarded-Proto $scheme',
  ]);

function lines(directive: string, values: readonly string[]): string {
  return values.map((value) => `${directive} ${value};\n`).join('');
}
