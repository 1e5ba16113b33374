import { expect, test } from 'vitest';
import { linesOf, startEngine } from '../support/engine.ts';

/* slice: which slices a backend is asked for, and what happens when they do not fit together. */

const config = `
  log_format s "$http_range"; access_log off;
  server { listen 80; slice 4; location / { proxy_pass http://127.0.0.1:81; proxy_set_header Range $slice_range; } }
  server { listen 81; root /www;
    location / { access_log /log s; }
    location /tag { add_header ETag $http_range; add_header Content-Range "bytes 0-3/16"; return 206 abcd; }
    location /status { if ($http_range != "bytes=0-3") { return 404; } add_header Content-Range "bytes 0-3/16"; return 206 abcd; }
    location /length { add_header Content-Range "bytes 0-3/*"; return 206 abcd; }
    location /other { add_header Content-Range "bytes 4-7/16"; return 206 abcd; }
    location /none { return 206 abcd; }
  }`;

const start = () => startEngine(config, { files: { '/www/a': '0123456789abcdef', '/www/big': 'x'.repeat(100_000) } });

test('only what a client wants is asked for', async () => {
  const ng = await start();
  const fresh = linesOf(ng);
  expect(await ng.ask('GET /a HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200[\s\S]*\r\n\r\n0123456789abcdef$/);
  expect(fresh()).toEqual(['bytes=0-3', 'bytes=4-7', 'bytes=8-11', 'bytes=12-15']);
  expect(await ng.ask('GET /a HTTP/1.0\r\nRange: bytes=5-8\r\n\r\n')).toMatch(/206[\s\S]*bytes 5-8\/16[\s\S]*\r\n\r\n5678$/);
  expect(fresh()).toEqual(['bytes=4-7', 'bytes=8-11']);
  expect(await ng.ask('GET /a HTTP/1.0\r\nRange: bytes=-1\r\n\r\n')).toMatch(/206[\s\S]*\r\n\r\nf$/);
  expect(fresh()).toEqual(['bytes=0-3', 'bytes=12-15']);
  expect(await ng.ask('HEAD /a HTTP/1.0\r\n\r\n')).toMatch(/Content-Length: 16\r\n[\s\S]*\r\n\r\n$/);
  expect(fresh()).toEqual(['bytes=0-3']);
});

test('the next request comes behind the last slice', async () => {
  const ng = await start();
  const client = await ng.connect();
  await client.send('GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\n\r\n');
  expect(client.received).toMatch(/0123456789abcdefHTTP\/1.1 206[\s\S]*\r\n\r\n0$/);
});

test.each([
  ['/tag', 'etag mismatch in slice response'],
  ['/status', 'unexpected status code 404 in slice response'],
  ['/length', 'no complete length in slice response'],
  ['/other', 'unexpected range in slice response: 4-8, expected: 0-8'],
  ['/none', 'invalid range in slice response'],
])('%s: %s', async (uri, problem) => {
  const ng = await start();
  expect(await ng.ask(`GET ${uri} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe('');
  expect(ng.errors.join('\n')).toContain(`${problem}, client`);
});
