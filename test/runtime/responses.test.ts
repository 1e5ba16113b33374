import { describe, expect, test } from 'vitest';
import { startEngine, tryEngine } from '../support/engine.ts';

/* Small things that clients, backends and logs see. */

const log = 'log_format s "$status $upstream_status"; access_log /log s;';

describe('answers', () => {
  test('a type that X-Accel-Redirect keeps', async () => {
    const ng = await startEngine(
      `
      server { listen 80; location / { proxy_pass http://127.0.0.1:81; } location /x.html { return 200 kept; } location /f { root /srv; } }
      server { listen 81; default_type image/x-own; location / { add_header X-Accel-Redirect /x.html; return 200 -; }
               location /to-file { add_header X-Accel-Redirect /f/a.html; return 200 -; } }`,
      {
        before: ({ files }) => files.set('/srv/f/a.html', 'file'),
      },
    );
    for (const [uri, body] of [
      ['/', 'kept'],
      ['/to-file', 'file'],
    ]) {
      const answer = await ng.ask(`GET ${uri} HTTP/1.0\r\n\r\n`);
      expect(answer).toContain('Content-Type: image/x-own\r\n');
      expect(answer.endsWith(body ?? '')).toBe(true);
    }
  });

  test('HTTP/0.9 of an upstream has status 009', async () => {
    const ng = await startEngine(`${log} server { listen 80; location / { proxy_pass http://127.0.0.1:81; } }`, {
      before: (host) =>
        void host.network.listen({ kind: 'ip', host: '127.0.0.1', port: 81 }, (socket) => {
          const data = () => {
            socket.write('just text\n');
            socket.end();
          };
          socket.handler = { data, end: () => socket.end(), closed() {} };
        }),
    });
    expect(await ng.ask('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('just text\n');
    expect(ng.accessLog).toEqual(['009 200']);
  });

  test('the length of a chunked body is known once it has been read', async () => {
    const ng =
      await startEngine(`server { listen 80; location / { proxy_pass http://127.0.0.1:81; proxy_set_header L $content_length; } }
      server { listen 81; return 200 "[$http_l] [$http_content_length]"; }`);
    const answer = await ng.ask(
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    );
    expect(answer).toContain('[3] [3]');
  });
});

test('passwords that only crypt() knows are named, and end with 500', async () => {
  const ng = await startEngine('server { listen 80; auth_basic x; auth_basic_user_file users; }', {
    before: ({ files }) => files.set('/etc/nginx/users', 'other:$y$j9T$salt$hash\nplain:{PLAIN}p\n'),
  });
  expect(ng.nginx.notRun.map(({ directive, why }) => `${directive.name}: ${why}`)).toEqual([
    'auth_basic_user_file: passwords for crypt() are not compared: other',
  ]);
  const ask = (credentials: string) =>
    ng.ask(`GET /x HTTP/1.0\r\nAuthorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n\r\n`);
  expect(await ask('other:p')).toMatch(/^HTTP\/1.1 500 /);
  expect(await ask('plain:p')).toMatch(/^HTTP\/1.1 404 /);
});

describe('backups below a method that has none are refused', () => {
  const refused = 'balancing method does not support parameter "backup"';
  test.each([
    ['hash $uri;', true],
    ['ip_hash;', true],
    ['random;', true],
    ['least_conn;', false],
    ['', false],
  ])('%s', async (method, isRefused) => {
    const below = await tryEngine(`upstream u { ${method} server 127.0.0.1:81; server 127.0.0.1:82 backup; }`);
    expect(below.diagnostics.map(({ nginx }) => nginx)).toEqual(isRefused ? [refused] : []);
    const above = await tryEngine(`upstream u { server 127.0.0.1:81; server 127.0.0.1:82 backup; ${method} }`);
    expect(above.diagnostics).toEqual([]);
  });
});
