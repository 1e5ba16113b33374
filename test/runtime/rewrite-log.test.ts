import { expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* What ngx_http_rewrite_module tells the error log. */

const config = `
  log_format l "[$u]"; access_log /log l;
  server {
    listen 80; rewrite_log on;
    location /a { rewrite ^/a(.*)$ /b$1?x=$1 last; }
    location /b { rewrite ^/none /x; if ($uri ~ ^/b/(.*)) { set $q $1; } rewrite ^ http://e/$q?; }
    location /c { set $u 1; }
    location /d { return 200 "[$u][$u]"; }
    location /e { uninitialized_variable_warn off; return 200 "[$u]"; }
    location /f { if ($arg_x) { rewrite_log off; rewrite ^/f /d; } return 200 ""; }
    location /g { rewrite_log off; rewrite ^/g /d; }
  }`;

const unset = 'warn using uninitialized "u" variable';

test.each([
  [
    '/a/1?k',
    [
      'notice "^/a(.*)$" matches "/a/1"',
      'notice rewritten data: "/b/1", args: "x=/1&k"',
      'notice "^/none" does not match "/b/1"',
      'notice "^/b/(.*)" matches "/b/1"',
      'notice "^" matches "/b/1"',
      'notice rewritten redirect: "http://e/1"',
      unset,
    ],
  ],
  ['/d', [unset]],
  ['/e', []],
  ['/f?x=1', ['notice "^/f" matches "/f"', 'notice rewritten data: "/d", args: "x=1"', unset]],
  ['/g', [unset]],
])('%s', async (uri, expected) => {
  const ng = await startEngine(config);
  ng.nginx.logs.setLevel('notice');
  await ng.ask(`GET ${uri} HTTP/1.0\r\n\r\n`);
  const said = ng.errors.map((line) => line.replace(/^.*?\[(\w+)\] \S+ \*\d+ (.*?), client: .*$/, '$1 $2'));
  expect(said.filter((line) => !line.includes('open()'))).toEqual(expected);
  expect(ng.accessLog).toEqual(['[]']);
});
