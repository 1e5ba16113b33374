import type { Case } from './proxy-cases.ts';

/*
 * As proxy-cases.ts, for uwsgi, SCGI and memcached: backends answer what is said here, whatever they are asked.
 */

const params = (family: string) =>
  `${family}_param REQUEST_URI $request_uri; ${family}_param REQUEST_METHOD $request_method; ${family}_param EMPTY ""; ${family}_param NONE "" if_not_empty;`;
const cgi = 'Content-Type: text/plain\r\nX-B: 1\r\n\r\nhello';
const post = 'POST /a\r\nContent-Length: 5\r\nContent-Type: text/x\r\n\r\nabcde';

/** What both protocols of CGI servers do. */
function cgiCases(family: 'uwsgi' | 'scgi'): Record<string, Case> {
  const pass = `${params(family)} ${family}_pass B1;`;
  const one = (request: string, answer: string, more = ''): Case => ({
    server: `location / { ${more} ${pass} }`,
    request,
    answers: [answer],
  });
  const own: Record<string, Case> = {
    get: one('GET /a?b=%20c\r\nX-One: 1\r\nCookie: a=b\r\naccept-x_y: z', cgi),
    post: one(post, cgi),
    'post without body': one(post, cgi, `${family}_pass_request_body off;`),
    chunked: one('POST /a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', cgi),
    head: one('HEAD /a', `Content-Length: 5\r\n${cgi}`),
    'no request headers': one('GET /a\r\nX-One: 1', cgi, `${family}_pass_request_headers off;`),
    'replaced and removed headers': one(
      'GET /a\r\nX-One: 1\r\nX-Two: 2',
      cgi,
      `${family}_param HTTP_X_ONE mine; ${family}_param HTTP_X_TWO "";`,
    ),
    'params are inherited whole or not at all': {
      server: `${family}_param OUTER 1; location /in { ${family}_pass B1; } location /own { ${family}_param INNER 1; ${family}_pass B1; }`,
      request: 'GET /own',
      answers: [cgi],
    },
    'params from outside': { server: `${params(family)} location / { ${family}_pass B1; }`, request: 'GET /', answers: [cgi] },
    'status field': one('GET /', `Status: 404 Gone Fishing\r\n${cgi}`),
    'status field without reason': one('GET /', `Status: 404\r\n${cgi}`),
    'status line': one('GET /', `HTTP/1.1 403 No Entry\r\nContent-Type: text/plain\r\n\r\nno`),
    'status line and field': one('GET /', `HTTP/1.1 403 No Entry\r\nStatus: 404 x\r\n\r\nno`),
    'status that is none': one('GET /', `Status: abc\r\n${cgi}`),
    location: one('GET /', 'Location: /elsewhere\r\n\r\n'),
    'with length': one('GET /', `Content-Length: 5\r\n${cgi}`),
    'more than its length': one('GET /', `Content-Length: 3\r\n${cgi}`),
    'less than its length': one('GET /', `Content-Length: 30\r\n${cgi}`),
    'length of nothing': one('GET /', `Content-Length: 0\r\n${cgi}`),
    'no content': one('GET /', `Status: 204 No Content\r\n\r\nbody`),
    'chunks are not read': one('GET /', `Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`),
    'invalid header': one('GET /', `Bad Header: x\r\n${cgi}`),
    'too big a head': one('GET /', `X-Big: ${'y'.repeat(5000)}\r\n${cgi}`),
    'nothing at all': one('GET /', ''),
    'hide and pass': one(
      'GET /',
      `Status: 201 Made\r\nX-A: a\r\nX-Accel-Charset: utf-8\r\n${cgi}`,
      `${family}_hide_header X-A; ${family}_pass_header X-Accel-Charset;`,
    ),
    'intercept errors': {
      server: `location / { ${family}_intercept_errors on; error_page 404 /own; ${pass} } location = /own { return 200 own; }`,
      request: 'GET /',
      answers: [`Status: 404\r\n${cgi}`],
    },
    'accel redirect': {
      server: `location / { ${pass} } location /inside { internal; return 200 "inside $args"; }`,
      request: 'GET /',
      answers: [`X-Accel-Redirect: /inside?x\r\n${cgi}`],
    },
    'accel redirect ignored': one('GET /', `X-Accel-Redirect: /inside\r\n${cgi}`, `${family}_ignore_headers X-Accel-Redirect;`),
    'not buffered': one('GET /', cgi, `${family}_buffering off;`),
    'next upstream': {
      before: `upstream next_${family} { server B1; server B2; }`,
      server: `location / { ${params(family)} ${family}_next_upstream http_503; ${family}_pass next_${family}; }`,
      request: 'GET /',
      answers: [`Status: 503 Busy\r\n\r\n`, cgi],
    },
    'after invalid header': {
      before: `upstream invalid_${family} { server B1; server B2; }`,
      server: `location / { ${params(family)} ${family}_next_upstream invalid_header; ${family}_pass invalid_${family}; }`,
      request: 'GET /',
      answers: ['Status: x\r\n\r\n', cgi],
    },
    'nobody listens': { server: `location / { ${family}_pass DEAD; }`, request: 'GET /' },
    variables: { server: `location / { set $b B1; ${params(family)} ${family}_pass $b; }`, request: 'GET /', answers: [cgi] },
    'force ranges': one('GET /\r\nRange: bytes=1-2', `Content-Length: 5\r\n${cgi}`, `${family}_force_ranges on;`),
    'two ranges': one('GET /\r\nRange: bytes=1-2,4-4', `Content-Length: 5\r\n${cgi}`, `${family}_force_ranges on;`),
    bind: one('GET /', cgi, `${family}_bind 127.0.0.1;`),
  };
  return Object.fromEntries(Object.entries(own).map(([name, one]) => [`${family}: ${name}`, one]));
}

/** A location whose key is the URI. */
function memcached(server: string, answer: string, request = 'GET /a'): Case {
  return { server: `location / { set $memcached_key $uri$is_args$args; ${server} }`, request, answers: [answer] };
}

const passed = 'memcached_pass B1;';
const value = (text: string, key = '/a', flags = '0') => `VALUE ${key} ${flags} ${text.length}\r\n${text}\r\nEND\r\n`;

/** By name. */
export const gatewayCases: Record<string, Case> = {
  ...cgiCases('uwsgi'),
  ...cgiCases('scgi'),
  'uwsgi: modifiers': {
    server: 'location / { uwsgi_modifier1 5; uwsgi_modifier2 255; uwsgi_pass uwsgi://B1; }',
    request: 'GET /',
    answers: [cgi],
  },
  'uwsgi: string': {
    server: 'location / { uwsgi_param A b; uwsgi_string raw; uwsgi_pass B1; }',
    request: 'GET /',
    answers: [cgi],
  },
  'uwsgi: scheme in variables': { server: 'location / { set $b UWSGI://B1; uwsgi_pass $b; }', request: 'GET /', answers: [cgi] },
  'uwsgi: too big': {
    server: 'location / { set $a "$http_x$http_x$http_x$http_x$http_x$http_x"; uwsgi_param A "$a$a"; uwsgi_pass B1; }',
    request: `GET /\r\nX: ${'x'.repeat(6000)}`,
  },
  'memcached: value': memcached(passed, value('hello')),
  'memcached: nothing in it': memcached(passed, value('')),
  'memcached: type of the extension': memcached(`types { text/x-a a; } ${passed}`, value('hello', '/f.a'), 'GET /f.a'),
  'memcached: HEAD': memcached(passed, value('hello'), 'HEAD /a'),
  'memcached: POST': memcached(passed, value('hello'), 'POST /a\r\nContent-Length: 1\r\n\r\nx'),
  'memcached: escaped key': memcached(passed, value('hello', '/a%20%25b\x7f?x'), 'GET /a%20%25b%7f?x'),
  'memcached: not found': memcached(passed, 'END\r\n'),
  'memcached: not found, error page': memcached(
    `error_page 404 = @made; ${passed} } location @made { return 200 made;`,
    'END\r\n',
  ),
  'memcached: another key': memcached(passed, value('hello', '/b')),
  'memcached: longer key': memcached(passed, value('hello', '/ab')),
  'memcached: no length': memcached(passed, 'VALUE /a 0\r\nhello\r\nEND\r\n'),
  'memcached: length of words': memcached(passed, 'VALUE /a 0 five\r\nhello\r\nEND\r\n'),
  'memcached: length and unique': memcached(passed, 'VALUE /a 0 5 77\r\nhello\r\nEND\r\n'),
  'memcached: flags of words': memcached(passed, value('hello', '/a', 'x')),
  'memcached: flags of words, looked at': memcached(`memcached_gzip_flag 2; ${passed}`, value('hello', '/a', 'x')),
  'memcached: compressed': memcached(`memcached_gzip_flag 2; ${passed}`, value('hello', '/a', '6')),
  'memcached: not compressed': memcached(`memcached_gzip_flag 2; ${passed}`, value('hello', '/a', '5')),
  'memcached: error': memcached(passed, 'ERROR\r\n'),
  'memcached: line feed only': memcached(passed, 'END\n'),
  'memcached: endless line': memcached(passed, `VALUE /a 0 ${'5'.repeat(5000)}`),
  'memcached: wrong trailer': memcached(passed, 'VALUE /a 0 5\r\nhello\r\nXND\r\n'),
  'memcached: no trailer': memcached(passed, 'VALUE /a 0 5\r\nhello'),
  'memcached: cut': memcached(passed, 'VALUE /a 0 5\r\nhe'),
  'memcached: more behind the trailer': memcached(passed, `${value('hello')}more`),
  'memcached: range': memcached(passed, value('hello'), 'GET /a\r\nRange: bytes=1-3'),
  'memcached: two ranges': memcached(passed, value('hello'), 'GET /a\r\nRange: bytes=1-1,3-3'),
  'memcached: range behind the end': memcached(passed, value('hello'), 'GET /a\r\nRange: bytes=9-'),
  'memcached: no key': { server: 'location / { set $memcached_key ""; memcached_pass B1; }', request: 'GET /' },
  'memcached: nobody listens': memcached('memcached_pass DEAD;', ''),
  'memcached: next when not found': {
    before: 'upstream next_memcached { server B1; server B2; }',
    server: 'location / { set $memcached_key /a; memcached_next_upstream not_found; memcached_pass next_memcached; }',
    request: 'GET /',
    answers: ['END\r\n', value('hello')],
  },
  'memcached: next when invalid': {
    before: 'upstream invalid_memcached { server B1; server B2; }',
    server: 'location / { set $memcached_key /a; memcached_next_upstream invalid_response; memcached_pass invalid_memcached; }',
    request: 'GET /',
    answers: ['ERROR\r\n', value('hello')],
  },
  'proxy: force ranges': {
    server: 'location / { proxy_force_ranges on; proxy_pass http://B1; }',
    request: 'GET /\r\nRange: bytes=-2',
    answers: ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  },
  'proxy: bind of variables': {
    server: 'location / { proxy_bind $arg_from; proxy_pass http://B1; }',
    request: 'GET /?from=nowhere',
  },
};
