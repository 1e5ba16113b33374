import { utimesSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningEngine, startEngine } from '../support/engine.ts';
import { describeWith } from '../support/real.ts';
import { installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * The same bytes go to nginx and to our engine, and the same bytes must come back, dates aside.
 */

const config = `
large_client_header_buffers 2 1k;
client_max_body_size 100;
server {
    listen PORT;
    server_name first;
    root html;
    location / { return 200 "uri=$uri args=$args request_uri=$request_uri host=$host\\n"; }
    location /status/ { location /status/204 { return 204; } location /status/404 { return 404; } location /status/500 { return 500; }
        location /status/444 { return 444; } location /status/418 { return 418; } location /status/503t { return 503 "later"; } location /status/201 { return 201; }
        location /status/303 { return 303 /see; } location /status/307 { return 307 http://other/x; } location /status/409 { return 409; } location /status/402 { return 402; }
        location /status/304 { return 304; } location /status/300 { return 300 many; } location /status/599 { return 599; } location /status/494 { return 494; } location /status/308 { return 308 /x; } }
    location /move { return 301 /else?a=b; }
    location /found { return http://elsewhere/; }
    location /files/ { alias html/; }
    location /static/ { root html; }
    location /plain { default_type text/x-plain; return 200 plain; }
    location ~ ^/re/(?<word>\\w+)/(\\d+)$ { return 200 "$word-$2\\n"; }
    location ^~ /re/keep/ { return 200 "kept\\n"; }
    location = /re/exact/1 { return 200 "exact\\n"; }
    location /nest/ { return 200 outer; location /nest/a/ { return 200 inner; } location ~ \\.x$ { return 200 "inner regex"; } }
    location ~ \\.x$ { return 200 "outer regex"; }
    location @named { return 200 "named $uri $status\\n"; }
    location /err/ { error_page 404 /error404; error_page 403 =200 /error403; error_page 405 @named; error_page 410 = /gone; error_page 500 http://else/500; error_page 501 =301 /moved;
        location /err/404 { return 404; } location /err/403 { return 403; } location /err/405 { return 405; } location /err/410 { return 410; } location /err/500 { return 500; } location /err/501 { return 501; } location /err/lost { error_page 404 @lost; return 404; } }
    location /error404 { return 200 "was not found\\n"; }
    location /error403 { return 403; }
    location /gone { return 202 "gone\\n"; }
    location /hidden { internal; return 200 "seen\\n"; }
    location /tokens { server_tokens off; return 404; }
    location /rel { absolute_redirect off; return 301 /else; }
    location /noport { port_in_redirect off; return 301 /else; }
    location /named-host { server_name_in_redirect on; return 301 /else; }
    location /rw/ { rewrite ^/rw/loop /rw/loop last; rewrite ^/rw/a/(.*)$ /b/$1 last; rewrite ^/rw/q/(.*)$ /b/?q=$1 last; rewrite ^/rw/drop/(.*)$ /b/$1? last; rewrite ^/rw/r/(.*)$ /b/$1 redirect; rewrite ^/rw/p/(.*) http://else/$1 permanent; rewrite ^/rw/two/(.*) /rw/second/$1; rewrite ^/rw/second/(.*) /b/two-$1 break; return 200 "rw $uri\\n"; }
    location /set/ { set $x "a$arg_v"; set $y "$x-$x"; if ($arg_v = 1) { return 200 "one $y\\n"; } if ($arg_v ~ ^(2|3)$) { set $z "m$1"; return 200 "two $y $z\\n"; } if ($request_method = POST) { return 405; } return 200 "else $y\\n"; }
    location /add/ { add_header X-A "a $uri"; add_header X-Always b always; add_header X-Empty ""; add_header Cache-Control private; expires 1h; return 200 added\n;
        location /add/none { add_header X-C c; return 404; } location /add/always { return 404; } location /add/move { return 301 /x; } location /add/off { expires off; return 200 x; } location /add/max { expires max; return 204; } location /add/epoch { expires epoch; return 200 x; } location /add/zero { expires 0; return 200 x; } location /add/minus { expires -1; return 200 x; } location /add/var { set $e max; expires $e; return 200 x; } location /add/badvar { expires $arg_none; return 200 x; } location /add/lm { alias html/; expires modified +1d; add_header ETag '"own"'; } location /add/lastmod { add_header Last-Modified "Tue, 14 Nov 2023 22:13:20 GMT"; return 200 x; } }
    location /try/ { root html; try_files $uri $uri/ /a.txt-$arg_n =404; location /try/last/ { try_files /none /a.txt?x=1; } location /try/code/ { try_files /none =410; } location /try/named/ { try_files /none @named; } location /try/found/ { try_files /none /noext; } }
    location /tryalias/ { alias html/; try_files $uri $uri/ =404; }
    location ~ ^/tryre/(.*)$ { alias html/$1; try_files "" =404; }
    location /ifs/ { add_header X-Outer o; if ($arg_a) { add_header X-A a; } if ($arg_b) { add_header X-B b; } return 200 "ifs\n"; }
    location /iffile/ { root html; if (-f $document_root/a.txt) { return 200 "file\n"; } return 200 "none\n"; }
    location /ifdir/ { if (!-d $document_root/none) { return 200 "no dir\n"; } return 200 "dir\n"; }
    location /limit/ { limit_except GET { access_log off; } alias html/; }
    location /recursive/ { recursive_error_pages on; error_page 404 /recursive/more; error_page 403 =201 /plain; location /recursive/more { return 403; } return 404; }
    location /cycle/ { recursive_error_pages on; error_page 404 /cycle/x; return 404; }
    location /breaks/ { rewrite ^ /breaks/x; break; rewrite ^ /b; return 200 never; }
    location /kat { keepalive_timeout 75 20; return 200 ok; }
    location /nokeep { keepalive_timeout 0; return 200 ok; }
    location /vars { return 200 "$scheme $server_name $server_protocol $request_method $is_args $http_x_a $cookie_a $content_length $content_type $document_root $request_filename $query_string $https|$request|$remote_addr $sent_http_x\\n"; }
}
server { listen PORT; server_name second *.wild.example tail.* .dot.example; return 200 "second $server_name\\n"; }
server { listen PORT; server_name ~^r(?<n>\\d+)\\.example$; return 200 "regex $n\\n"; }
`;

const files = {
  'html/a.txt': 'hello\n',
  'html/index.html': '<p>index</p>\n',
  'html/dir/index.html': 'dir\n',
  'html/empty/x': '',
  'html/a.html': 'x',
  'html/noext': 'n',
  'html/static/b.txt': '0123456789',
};
const mtime = 1_700_000_000;
const etag = `"${mtime.toString(16)}-a"`;
const get = (path: string, ...fields: string[]) =>
  `GET ${path} HTTP/1.1\r\nHost: first\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`;

const requests: readonly string[] = [
  get('/'),
  'GET /x HTTP/1.0\r\n\r\n',
  'GET /x\r\n',
  'GET /x\n',
  'POST /x\r\n',
  'GET / HTTP/1.1\nHost: first\n\n',
  'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'get / HTTP/1.1\r\nHost: first\r\n\r\n',
  'FOO-BAR_X / HTTP/1.1\r\nHost: first\r\n\r\n',
  'GET   /sp   HTTP/1.1  \r\nHost: first\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: first\r\nHost: second\r\n\r\n',
  'GET / HTTP/1.1\r\nHost:\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a..b\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
  get('/', 'X(bad: 1'),
  get('/', 'NoColon'),
  get('/', 'Sp ace: 1'),
  get('/', 'A: 1\r\n folded'),
  get('/', 'C: a\x01b'),
  get('/', 'N: a\0b'),
  get('/', ': x'),
  get('/vars', 'X_A: 1', 'X-A: 2', 'x-a: 3'),
  'GET / HTTP/1.2\r\nHost: first\r\n\r\n',
  'GET / HTTP/2.0\r\nHost: first\r\n\r\n',
  'GET / HTTP/1.\r\nHost: first\r\n\r\n',
  'GET / HTTP/x\r\nHost: first\r\n\r\n',
  'GET / HTTP/1.1x\r\nHost: first\r\n\r\n',
  'GET / HTTP/0.9\r\n\r\n',
  'GET / HTTP/10.1\r\n\r\n',
  get('/', 'Content-Length: 3', 'Transfer-Encoding: chunked'),
  get('/', 'Transfer-Encoding: gzip, chunked'),
  get('/', 'Content-Length: x'),
  get('/', 'Content-Length: 1', 'Content-Length: 1'),
  'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: first\r\n\r\n',
  'CONNECT a:80 HTTP/1.1\r\nHost: first\r\n\r\n',
  'CONNECT / HTTP/1.1\r\nHost: first\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/../x'),
  get('/a/%00'),
  get('/a\x80b'),
  get('/a b'),
  '\r\n\r\nGET /lf HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/%'),
  get('/%zz'),
  get('/a%2'),
  get('/a\x01b'),
  get('/a\tb'),
  get('/a//b/./c/../d'),
  get('/%2e%2e/x'),
  get('/a/%2e%2e/x'),
  get('/a%2F%2Fb'),
  get('/a/..'),
  get('/a/.'),
  get('/a/b/..?x=%41'),
  get('/a%3Fb?c'),
  get('/a%23b'),
  get('/a#frag'),
  get('/a?b#frag'),
  get('/a+b%2B'),
  get('/.'),
  get('/..'),
  get('/a/...'),
  get('/a/.b'),
  get('/%25%41'),
  get('//'),
  get('/a?'),
  get('http://second/x'),
  get('http://second'),
  get('http://second?x=1'),
  get('http://SECOND:80/'),
  get('http://[::1]/x'),
  get('http://bad_host/x'),
  get('http:/x'),
  get('1http://x/'),
  get('http://second/a/../b'),
  'GET / HTTP/1.1\r\nHost: SECOND.:8080\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a.wild.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: wild.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: tail.x.y\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: dot.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a.b.dot.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: r42.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: nobody\r\n\r\n',
  get('/', 'Connection: close'),
  get('/', 'Connection: keep-alive, close'),
  get('/kat'),
  get('/nokeep'),
  `${get('/1')}${get('/2')}${get('/3', 'Connection: close')}${get('/4')}`,
  ...['204', '404', '500', '444', '418', '503t', '201', '303', '307', '409', '402', '304', '300', '599', '494', '308'].map(
    (code) => get(`/status/${code}`),
  ),
  get('/status/404', 'User-Agent: Mozilla/5.0 AppleWebKit Chrome/100 Safari/1'),
  get('/status/404', 'User-Agent: Mozilla/4.0 (compatible; MSIE 7.0; Windows)'),
  get('/status/303', 'User-Agent: Chrome/1'),
  'HEAD / HTTP/1.1\r\nHost: first\r\n\r\n',
  'HEAD /status/404 HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/move'),
  get('/found'),
  get('/rel'),
  get('/noport'),
  get('/named-host'),
  get('/tokens'),
  'GET /move HTTP/1.0\r\n\r\n',
  'GET /move HTTP/1.1\r\nHost: Some.Name:99\r\n\r\n',
  get('/plain'),
  get('/x.html'),
  get('/x.gif/'),
  get('/x.JPG'),
  get('/re/word/12'),
  get('/re/keep/12'),
  get('/re/exact/1'),
  get('/re/w%0a/12%0a'),
  get('/nest/a/'),
  get('/nest/b'),
  get('/nest/b.x'),
  get('/b.x'),
  get('/b.X'),
  get('/b.x%0a'),
  get('/err/404'),
  get('/err/403'),
  get('/err/405'),
  'POST /err/405 HTTP/1.1\r\nHost: first\r\nContent-Length: 2\r\n\r\nab',
  get('/err/410'),
  get('/err/500'),
  get('/err/501'),
  get('/err/lost'),
  get('/err/none'),
  get('/hidden'),
  'HEAD /err/404 HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/rw/a/b?x=1'),
  get('/rw/a/%41+b'),
  get('/rw/q/a%26b?x=1'),
  get('/rw/q/a+b'),
  get('/rw/drop/d?x=1'),
  get('/rw/r/a%20b?x=1'),
  get('/rw/p/c?y=2'),
  get('/rw/two/c?y=2'),
  get('/rw/loop'),
  get('/rw/none'),
  get('/rw/r/a?x'),
  get('/set/?v=1'),
  get('/set/?v=2'),
  get('/set/?v=4'),
  'POST /set/ HTTP/1.1\r\nHost: first\r\nContent-Length: 0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: first\r\nContent-Length: 5\r\n\r\nhello',
  'POST / HTTP/1.1\r\nHost: first\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  `POST / HTTP/1.1\r\nHost: first\r\nContent-Length: 5\r\n\r\nhello${get('/after')}`,
  `POST / HTTP/1.1\r\nHost: first\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n${get('/after')}`,
  'POST /static/b.txt HTTP/1.1\r\nHost: first\r\nContent-Length: 101\r\n\r\n',
  'POST /x HTTP/1.1\r\nHost: first\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\na',
  get(`/${'a'.repeat(900)}`),
  get(`/${'a'.repeat(1100)}`),
  get('/', `X: ${'b'.repeat(900)}`),
  get('/', `X: ${'b'.repeat(1100)}`),
  get('/', ...Array.from({ length: 9 }, (_, i) => `X${i}: ${'b'.repeat(400)}`)),
  get('/', ...Array.from({ length: 5 }, (_, i) => `X${i}: ${'b'.repeat(400)}`)),
  get('/vars?q=1', 'X-A: 1', 'Cookie: b=2; a=3', 'Content-Type: text/x', 'Content-Length: 0'),
  get('/files/a.txt'),
  get('/files/'),
  get('/files/dir'),
  get('/files/dir/'),
  get('/files/dir?x=1'),
  get('/files/empty/'),
  get('/files/none'),
  get('/files/none/'),
  get('/files/noext'),
  get('/files/a.html'),
  'HEAD /files/a.txt HTTP/1.1\r\nHost: first\r\n\r\n',
  'POST /files/a.txt HTTP/1.1\r\nHost: first\r\nContent-Length: 0\r\n\r\n',
  'PUT /files/a.txt HTTP/1.1\r\nHost: first\r\nContent-Length: 0\r\n\r\n',
  'DELETE /files/none HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/static/b.txt'),
  'GET /static/b.txt HTTP/1.0\r\n\r\n',
  'GET /static/b.txt\r\n',
  get('/files/a.txt/x'),
  ...[
    `If-None-Match: ${etag}`,
    'If-None-Match: "x"',
    'If-None-Match: *',
    `If-None-Match: W/${etag}`,
    `If-None-Match: "x", ${etag}`,
    'If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT',
    'If-Modified-Since: Tue, 14 Nov 2023 22:13:21 GMT',
    'If-Unmodified-Since: Tue, 14 Nov 2023 22:13:20 GMT',
    'If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT',
    `If-Match: ${etag}`,
    'If-Match: "x"',
    'If-Match: *',
    'Range: bytes=2-4',
    'Range: bytes=2-',
    'Range: bytes=-3',
    'Range: bytes=0-0,5-6',
    'Range: bytes=20-',
    'Range: bytes=5-3',
    'Range: bytes=-0',
    'Range: bytes=0-99',
    'Range: items=1',
    'Range: bytes=a',
    'Range: bytes=0-5,3-9',
    `If-Range: ${etag}\r\nRange: bytes=1-2`,
    'If-Range: "x"\r\nRange: bytes=1-2',
    'Range: bytes= 1 - 2 ',
  ].map((field) => get('/static/b.txt', field)),
  ...['', 'none', 'always', 'move', 'off', 'max', 'epoch', 'zero', 'minus', 'var', 'badvar', 'lm/a.txt', 'lastmod'].map((path) =>
    get(`/add/${path}`),
  ),
  get('/add/lm/a.txt', 'If-None-Match: "own"'),
  get('/add/lm/a.txt', `If-None-Match: ${etag}`),
  get('/add/lm/none'),
  ...['a.txt', 'dir', 'dir/', 'none', 'none?n=1', 'last/x', 'code/x', 'named/x', 'found/x'].map((path) => get(`/try/${path}`)),
  get('/tryalias/a.txt'),
  get('/tryalias/dir/'),
  get('/tryalias/dir'),
  get('/tryalias/none'),
  get('/tryre/a.txt'),
  get('/ifs/'),
  get('/ifs/?a=1'),
  get('/ifs/?a=1&b=1'),
  get('/ifs/?a=0'),
  get('/iffile/'),
  get('/ifdir/'),
  get('/recursive/'),
  get('/cycle/'),
  get('/breaks/a'),
  'POST /limit/noext HTTP/1.1\r\nHost: first\r\n\r\n',
  'HEAD /limit/noext HTTP/1.1\r\nHost: first\r\n\r\n',
  get('/', 'If-None-Match: "x"'),
  get('/', 'If-Match: "x"'),
  get('/', 'If-Unmodified-Since: Tue, 14 Nov 2023 22:13:20 GMT'),
  get('/', 'Range: bytes=0-1'),
];

describeWith('nginx', 'HTTP core beside nginx', () => {
  let real: RealNginx;
  let ours: RunningEngine;

  beforeAll(async () => {
    real = await startRealNginx(config, files);
    for (const name of Object.keys(files)) utimesSync(join(real.directory, name), mtime, mtime);
    const text = config.replaceAll('PORT', `127.0.0.1:${real.port}`);
    const prefix = `${real.directory}/`;
    ours = await startEngine(text, {
      prefix,
      version: installedNginx() ?? '',
      before: (host) => {
        for (const [name, content] of Object.entries(files)) host.files.set(prefix + name, content, mtime);
      },
    });
  });
  afterAll(() => real.stop());

  test.concurrent.each(requests.map((request) => [JSON.stringify(request).slice(0, 150), request]))('%s', async (_, request) => {
    const [theirs, mine] = await Promise.all([converse(real.port, request), askOurs(request)]);
    expect(normal(mine)).toBe(normal(theirs));
  });

  async function askOurs(request: string): Promise<string> {
    const client = await ours.connect(real.port);
    await client.send(request);
    const whole = client.received + (client.ended ? '<closed>' : '');
    await client.finish();
    return whole;
  }
});

/** The dates of the two machines differ; boundaries are numbered by requests. */
function normal(text: string): string {
  const date = Date.parse(/^Date: (.*)$/m.exec(text)?.[1] ?? '');
  const relative = text.replace(/^Expires: (.*)$/m, (line, expires: string) => {
    const seconds = (Date.parse(expires) - date) / 1000;
    return Math.abs(seconds) < 86_400 ? `Expires: ${seconds} s later` : line;
  });
  return relative.replace(/^Date: .*$/gm, 'Date: …').replace(/\d{20}/g, 'BOUNDARY');
}

/** What comes back until nginx closes or has been silent for a moment. */
function converse(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    let silent: NodeJS.Timeout | undefined;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes, 'latin1'));
    const wait = () => {
      clearTimeout(silent);
      silent = setTimeout(() => {
        resolve(received);
        socket.destroy();
      }, 250);
    };
    wait();
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      wait();
    });
    socket.on('error', reject);
    socket.on('end', () => {
      clearTimeout(silent);
      resolve(`${received}<closed>`);
      socket.destroy();
    });
  });
}
