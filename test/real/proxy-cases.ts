/*
 * B1 and B2 are backends, DEAD is a port where nobody listens.
 */

/** One request, and the configuration it goes through. */
export interface Case {
  /** What stands in `server { }`, and in front of it. */
  readonly server: string;
  readonly before?: string;
  /** Request lines and fields; `Host` and `Connection: close` are added. */
  readonly request: string;
  /** The first release that behaves so; older ones are not compared. */
  readonly since?: string;
  /** What backends answer, in turn; the last for ever. */
  readonly answers?: readonly string[];
}

/** What a backend says when nothing else is asked of it. */
export const ok = 'HTTP/1.1 200 OK\r\nServer: b\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nX-B: 1\r\n\r\nhi';

function answer(fields: string, body = 'hi', status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** By name. */
export const cases: Record<string, Case> = {
  plain: { server: 'location / { proxy_pass http://B1; }', request: 'GET /a?b=c' },
  'raw URI without URI part': { server: 'location /a/ { proxy_pass http://B1; }', request: 'GET /a/b%20c/%2e%2e/d//e?x=%41#f' },
  'with URI part': { server: 'location /a/ { proxy_pass http://B1/base/; }', request: 'GET /a/b%20c/%2e%2e/d%3f"<>e?x' },
  'URI part without slash': { server: 'location /a { proxy_pass http://B1/base; }', request: 'GET /a/b' },
  'URI part is arguments': { server: 'location /a { proxy_pass http://B1?q=; }', request: 'GET /a/b' },
  'rewrite break': {
    server: 'location /a/ { rewrite ^/a/(.*)$ /r/$1 break; proxy_pass http://B1/base/; }',
    request: 'GET /a/b%20c?x',
  },
  'rewrite break without URI': {
    server: 'location /a/ { rewrite ^/a/(.*)$ /r/$1?y break; proxy_pass http://B1; }',
    request: 'GET /a/b%20c?x',
  },
  'variables with URI': { server: 'location /a/ { set $u /v; proxy_pass http://B1$u; }', request: 'GET /a/b?x' },
  'variables without URI': { server: 'location /a/ { set $b B1; proxy_pass http://$b; }', request: 'GET /a/b%20?x' },
  'variables naming an upstream': {
    before: 'upstream named { server B1; }',
    server: 'location / { set $b named; proxy_pass http://$b; }',
    request: 'GET /a',
  },
  'variables, decoded URI': { server: 'location / { proxy_pass http://B1$uri; }', request: 'GET /a%20b' },
  'variables, unknown name': { server: 'location / { set $b nobody; proxy_pass http://$b; }', request: 'GET /' },
  'variables, no scheme': { server: 'location / { set $b B1; proxy_pass $b; }', request: 'GET /' },
  'regex location': { server: 'location ~ ^/a { proxy_pass http://B1; }', request: 'GET /a%20b' },
  'if in location': { server: 'location / { if ($arg_x) { proxy_pass http://B1; } return 404; }', request: 'GET /q?x=1' },
  'default headers': {
    server: 'location / { proxy_pass http://B1; }',
    request:
      'GET /\r\nTE: x\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nExpect: 200-ok\r\nProxy-Connection: x\r\nX-Y: z\r\nx-y: zz\r\nAccept:  spaced  ',
  },
  'set headers': {
    server:
      'proxy_set_header X-S s; location / { proxy_set_header X-A $arg_a; proxy_set_header Host $http_host; proxy_set_header X-Empty ""; proxy_set_header X-Gone $arg_none; proxy_set_header Accept none; proxy_pass http://B1; }',
    request: 'GET /?a=1\r\nAccept: */*\r\nX-Empty: x\r\nX-Gone: x',
  },
  'inherited headers': { server: 'proxy_set_header X-S s; location / { proxy_pass http://B1; }', request: 'GET /' },
  'tutorial headers': {
    server:
      'location / { proxy_pass http://B1; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_http_version 1.1; proxy_connect_timeout 30; proxy_buffer_size 32k; proxy_buffers 4 128k; }',
    request: 'GET /\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2',
  },
  'HTTP/1.1 upstream, no connection': {
    server: 'location / { proxy_pass http://B1; proxy_http_version 1.1; proxy_set_header Connection ""; }',
    request: 'GET /',
  },
  'port in Host': { server: 'location / { proxy_pass http://B1/; }', request: 'GET /' },
  'no request headers': {
    server: 'location / { proxy_pass http://B1; proxy_pass_request_headers off; }',
    request: 'GET /\r\nX-A: b',
  },
  POST: { server: 'location / { proxy_pass http://B1; }', request: 'POST /\r\nContent-Length: 3\r\n\r\nabc' },
  'POST without body': { server: 'location / { proxy_pass http://B1; }', request: 'POST /\r\nContent-Length: 0' },
  'POST chunked': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'POST /\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
  },
  'no request body': {
    server: 'location / { proxy_pass http://B1; proxy_pass_request_body off; proxy_set_header Content-Length ""; }',
    request: 'POST /\r\nContent-Length: 3\r\n\r\nabc',
  },
  method: { server: 'location / { proxy_pass http://B1; proxy_method PUT; }', request: 'GET /' },
  'set body': { server: 'location / { proxy_pass http://B1; proxy_set_body "<$arg_a>"; }', request: 'GET /?a=x' },
  HEAD: {
    server: 'location / { proxy_pass http://B1; }',
    request: 'HEAD /',
    answers: ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  },
  'HTTP/1.0 client': { server: 'location / { proxy_pass http://B1; }', request: 'GET / HTTP/1.0' },
  'chunked response': {
    server: 'location / { proxy_http_version 1.1; proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
  },
  'chunked response to HTTP/1.0': {
    server: 'location / { proxy_http_version 1.1; proxy_pass http://B1; }',
    request: 'GET / HTTP/1.0',
    answers: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
  },
  'until close': { server: 'location / { proxy_pass http://B1; }', request: 'GET /', answers: ['HTTP/1.0 200 OK\r\n\r\nhello'] },
  '204': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n'],
  },
  '304': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n'],
  },
  'conditional request': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /\r\nIf-None-Match: "x"',
    answers: [answer('ETag: "x"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n')],
  },
  'own reason': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer('', 'hi', '200 Fine by me')],
  },
  'strange status': { server: 'location / { proxy_pass http://B1; }', request: 'GET /', answers: [answer('', 'hi', '799')] },
  '404 from upstream': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer('', 'nope', '404 Not Found')],
  },
  'hidden and passed headers': {
    server:
      'location / { proxy_pass http://B1; proxy_hide_header X-One; proxy_pass_header Server; proxy_pass_header Date; proxy_pass_header X-Accel-Expires; }',
    request: 'GET /',
    answers: [
      answer(
        'Server: mine\r\nDate: then\r\nX-One: 1\r\nX-Two: 2\r\nX-Accel-Expires: 5\r\nX-Pad: p\r\nKeep-Alive: x\r\nConnection: keep-alive\r\n',
      ),
    ],
  },
  'passed but absent': {
    server: 'location / { proxy_pass http://B1; proxy_pass_header Server; proxy_pass_header Date; }',
    request: 'GET /',
    answers: [answer('')],
  },
  'repeated headers': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [
      answer(
        'Set-Cookie: a=b\r\nSet-Cookie: c=d\r\nVary: a\r\nVary: b\r\nLink: x\r\nCache-Control: no-cache\r\nExpires: 0\r\nAccept-Ranges: bytes\r\nContent-Range: x\r\nContent-Encoding: br\r\nWWW-Authenticate: a\r\nRefresh: 1\r\n',
      ),
    ],
  },
  charset: {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer('Content-Type: text/html; charset=UTF-8\r\n')],
  },
  'bad length': {
    since: '1.23.0',
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n'],
  },
  'bad header': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 200 OK\r\nX Y: z\r\n\r\n'],
  },
  'header without colon': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer('NoColon\r\nX-A: b\r\n')],
  },
  'odd header names': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer('X_A: b\r\nX(c): d\r\n')],
  },
  'too big header': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer(`X-A: ${'x'.repeat(5000)}\r\n`)],
  },
  'header just fits': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [answer(`X-A: ${'x'.repeat(4000)}\r\n`)],
  },
  'bigger header buffer': {
    server: 'location / { proxy_pass http://B1; proxy_buffer_size 8k; proxy_buffers 4 8k; }',
    request: 'GET /',
    answers: [answer(`X-A: ${'x'.repeat(5000)}\r\n`)],
  },
  'empty answer': { server: 'location / { proxy_pass http://B1; }', request: 'GET /', answers: [''] },
  'truncated answer': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello'],
  },
  'too long answer': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello'],
  },
  refused: { server: 'location / { proxy_pass http://DEAD; }', request: 'GET /' },
  'next upstream': {
    before: 'upstream next { server DEAD; server B1; }',
    server: 'location / { proxy_pass http://next; add_header X-U "$upstream_status" always; }',
    request: 'GET /',
  },
  'next upstream off': {
    before: 'upstream nextoff { server DEAD; server B1; }',
    server: 'location / { proxy_pass http://nextoff; proxy_next_upstream off; }',
    request: 'GET /',
  },
  'next on 503': {
    before: 'upstream next503 { server B1; server B2; }',
    server: 'location / { proxy_pass http://next503; proxy_next_upstream http_503; add_header X-U "$upstream_status" always; }',
    request: 'GET /',
    answers: [answer('', 'no', '503 Busy'), ok],
  },
  'next on 404, all': {
    before: 'upstream next404 { server B1; server B2; }',
    server:
      'location / { proxy_pass http://next404; proxy_next_upstream http_404; add_header X-U "$upstream_addr $upstream_status" always; }',
    request: 'GET /',
    answers: [answer('', 'no', '404 No')],
  },
  'POST is not tried again': {
    before: 'upstream nextpost { server B1; server B2; }',
    server: 'location / { proxy_pass http://nextpost; }',
    request: 'POST /\r\nContent-Length: 1\r\n\r\nx',
    answers: [''],
  },
  tries: {
    before: 'upstream tries { server B1; server B2; server DEAD; }',
    server: 'location / { proxy_pass http://tries; proxy_next_upstream_tries 2; add_header X-U "$upstream_status" always; }',
    request: 'GET /',
    answers: [''],
  },
  'all down': {
    before: 'upstream alldown { server B1 down; server B2 down; }',
    server: 'location / { proxy_pass http://alldown; add_header X-U "$upstream_addr $upstream_status" always; }',
    request: 'GET /',
  },
  'redirect default': {
    server: 'location /a/ { proxy_pass http://B1/b/; }',
    request: 'GET /a/',
    answers: [answer('Location: http://B1/b/c\r\nRefresh: 5; url=http://B1/b/d\r\n', '', '302 Found')],
  },
  'redirect default without URI': {
    server: 'location /a/ { proxy_pass http://B1; }',
    request: 'GET /a/',
    answers: [answer('Location: http://B1/b/c\r\n', '', '302 Found')],
  },
  'redirect elsewhere': {
    server: 'location /a/ { proxy_pass http://B1/b/; }',
    request: 'GET /a/',
    answers: [answer('Location: http://else/b/c\r\n', '', '302 Found')],
  },
  'redirect relative': {
    server: 'location /a/ { proxy_pass http://B1/b/; }',
    request: 'GET /a/',
    answers: [answer('Location: /b/c\r\n', '', '302 Found')],
  },
  'redirect off': {
    server: 'location /a/ { proxy_pass http://B1/b/; proxy_redirect off; }',
    request: 'GET /a/',
    answers: [answer('Location: http://B1/b/c\r\n', '', '302 Found')],
  },
  'redirect explicit': {
    server:
      'location /a/ { proxy_pass http://B1/b/; proxy_redirect http://else/ /x/; proxy_redirect ~^/(u)/(.*)$ http://$host/$1-$2; }',
    request: 'GET /a/',
    answers: [answer('Location: /u/c\r\nRefresh: 0; url=http://else/y\r\n', '', '302 Found')],
  },
  'redirect to absolute path': {
    server: 'absolute_redirect off; location /a/ { proxy_pass http://B1/b/; }',
    request: 'GET /a/',
    answers: [answer('X-A: b\r\nLocation: http://B1/b/c\r\nX-C: d\r\n', '', '302 Found')],
  },
  cookies: {
    server:
      'location / { proxy_pass http://B1; proxy_cookie_domain back.example front.example; proxy_cookie_path /two/ /; proxy_cookie_flags one secure samesite=lax; }',
    request: 'GET /',
    answers: [
      answer(
        'Set-Cookie: one=1; Domain=.back.example; Path=/two/x; HttpOnly\r\nSet-Cookie: two=2;Path=/two/\r\nSet-Cookie: three=3; Secure\r\n',
      ),
    ],
  },
  intercepted: {
    server:
      'error_page 404 /missing; location = /missing { return 200 own; } location / { proxy_pass http://B1; proxy_intercept_errors on; }',
    request: 'GET /x',
    answers: [answer('X-A: b\r\n', 'theirs', '404 Not Found')],
  },
  'intercepted, no page': {
    server: 'error_page 500 /missing; location / { proxy_pass http://B1; proxy_intercept_errors on; }',
    request: 'GET /x',
    answers: [answer('X-A: b\r\n', 'theirs', '404 Not Found')],
  },
  'error page for 502': {
    server: 'error_page 502 =200 /sorry; location = /sorry { return 200 sorry; } location / { proxy_pass http://DEAD; }',
    request: 'GET /x',
  },
  'error page is proxied': {
    server:
      'error_page 502 /sorry; location = /sorry { proxy_pass http://B1; add_header X-U "$upstream_status" always; } location / { proxy_pass http://DEAD; }',
    request: 'GET /x?a',
  },
  'accel redirect': {
    server: 'location /in/ { internal; proxy_pass http://B2/got/; } location / { proxy_pass http://B1; }',
    request: 'GET /x',
    answers: [
      answer('X-Accel-Redirect: /in/f%20g?h\r\nContent-Type: text/x\r\nSet-Cookie: a=b\r\nX-Else: y\r\n', ''),
      answer(''),
    ],
  },
  'accel redirect ignored': {
    server: 'location / { proxy_pass http://B1; proxy_ignore_headers X-Accel-Redirect; }',
    request: 'GET /x',
    answers: [answer('X-Accel-Redirect: /in/f\r\n')],
  },
  'upstream variables': {
    server:
      'location / { proxy_pass http://B1; add_header X-V "$upstream_http_x_b|$upstream_cookie_c|$proxy_host|$proxy_port|$upstream_response_length|$upstream_bytes_received|$upstream_bytes_sent|$upstream_http_none"; }',
    request: 'GET /',
    answers: [answer('X-B: 1\r\nX-B: 2\r\nSet-Cookie: a=b; Path=/\r\nSet-Cookie: C=d; x\r\n')],
  },
  'auto redirect': { server: 'location /a/ { proxy_pass http://B1; }', request: 'GET /a?b' },
  'big body': { server: 'location / { proxy_pass http://B1; }', request: 'GET /', answers: [answer('', 'x'.repeat(300_000))] },
  'big body unbuffered': {
    server: 'location / { proxy_pass http://B1; proxy_buffering off; }',
    request: 'GET /',
    answers: [answer('', 'x'.repeat(300_000))],
  },
  'big request': {
    server: 'location / { proxy_pass http://B1; }',
    request: `POST /\r\nContent-Length: 100000\r\n\r\n${'y'.repeat(100_000)}`,
  },
  limit_except: { server: 'location / { limit_except GET { deny all; } proxy_pass http://B1; }', request: 'GET /' },
  'HTTP/0.9 upstream': { server: 'location / { proxy_pass http://B1; }', request: 'GET /', answers: ['just text'] },
  '100 continue from upstream': {
    server: 'location / { proxy_pass http://B1; }',
    request: 'GET /',
    answers: [`HTTP/1.1 100 Continue\r\n\r\n${ok}`],
  },
};
