import { expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* How a connection ends behind its last response (ngx_http_set_lingering_close), and without one. */

const server = (settings: string) =>
  startEngine(`server { listen 80; keepalive_timeout 0; lingering_time 8s; lingering_timeout 3s; ${settings}
    location / { proxy_pass http://127.0.0.1:81; } } server { listen 81; return 200 ok; }`);
const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx';

test('a client without a body is not waited for, unless it has to be', async () => {
  const ng = await server('');
  await ng.ask('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(ng.nginx.connections).toBe(0);
  const always = await server('lingering_close always;');
  await always.ask('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(always.nginx.connections).toBe(1);
  await always.host.advance(3000);
  expect(always.nginx.connections).toBe(0);
});

test('a client that has sent a body may send more for a while', async () => {
  const ng = await server('');
  const client = await ng.connect();
  await client.send(post);
  expect([client.ended, ng.nginx.connections]).toEqual([true, 1]);
  for (let second = 0; second < 8; second += 2) {
    await client.send('more');
    await ng.host.advance(2000);
  }
  expect(ng.nginx.connections).toBe(0);
  const off = await server('lingering_close off;');
  await off.ask(post);
  expect(off.nginx.connections).toBe(0);
});

test('reset_timedout_connection says so to clients that were too slow, and with 444', async () => {
  const ends = async (settings: string, bytes: string): Promise<string> => {
    const ng = await startEngine(`server { listen 80; ${settings} client_body_timeout 5s; client_header_timeout 5s;
      location / { proxy_pass http://127.0.0.1:81; } location /444 { return 444; } }`);
    const client = await ng.connect();
    await client.send(bytes);
    await ng.host.advance(5000);
    return client.failure;
  };
  for (const bytes of [post.slice(0, -1), 'GET / HTTP/1.1\r\nHost', 'GET /444 HTTP/1.0\r\n\r\n']) {
    expect(await ends('reset_timedout_connection on;', bytes)).toBe('ECONNRESET');
    expect(await ends('', bytes)).toBe('');
  }
});
