import { expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* limit_rate on a virtual clock; bytes are counted with the head (ngx_http_write_filter). */

const file = { '/www/a': 'x'.repeat(2500) };

test('limit_rate sends so many bytes a second', async () => {
  const ng = await startEngine('log_format s $status; access_log /log s; server { listen 80; root /www; limit_rate 1000; }', {
    files: file,
  });
  const client = await ng.connect();
  await client.send('GET /a HTTP/1.0\r\n\r\n');
  expect(client.received.length).toBe(1000);
  await ng.host.advance(999);
  expect(client.received.length).toBe(1000);
  await ng.host.advance(1);
  expect(client.received.length).toBe(2000);
  expect(ng.accessLog).toEqual([]);
  await ng.host.advance(1000);
  expect(client.received).toMatch(/x{2500}$/);
  expect(ng.accessLog).toEqual(['200']);
});

test('limit_rate_after lets the beginning pass; variables, and set $limit_rate', async () => {
  const ng = await startEngine(
    `server { listen 80; root /www; location / { limit_rate $arg_r; limit_rate_after 1500; } location /set/ { alias /www/; set $limit_rate 1k; } }`,
    { files: file },
  );
  const [slow, set] = [await ng.connect(), await ng.connect()];
  await slow.send('GET /a?r=100 HTTP/1.0\r\n\r\n');
  expect(slow.received.length).toBe(1600);
  await set.send('GET /set/a HTTP/1.0\r\n\r\n');
  expect(set.received.length).toBe(1024);
  expect(await ng.ask('GET /a HTTP/1.0\r\n\r\n')).toMatch(/x{2500}$/);
});

test('$limit_rate tells what is decided, and X-Accel-Limit-Rate decides', async () => {
  const ng = await startEngine(
    `log_format s "$uri $limit_rate"; access_log /log s;
     server { listen 80; root /www;
       location / { set $limit_rate 5k; }
       location /wrong/ { alias /www/; set $limit_rate 5x; }
       location /back { proxy_pass http://127.0.0.1:81; limit_rate 7; }
       location /unbuffered { proxy_pass http://127.0.0.1:81; proxy_buffering off; limit_rate 7; }
     }
     server { listen 81; root /www; access_log off; rewrite ^ /a break; add_header X-Accel-Limit-Rate 1000; }`,
    { files: file },
  );
  await ng.ask('GET /a HTTP/1.0\r\n\r\n');
  await ng.ask('GET /wrong/a HTTP/1.0\r\n\r\n');
  expect(ng.errors.at(-1)).toContain('invalid $limit_rate "5x"');
  expect(await ng.ask('GET /unbuffered HTTP/1.0\r\n\r\n')).toMatch(/x{2500}$/);
  const slow = await ng.connect();
  await slow.send('GET /back HTTP/1.0\r\n\r\n');
  expect(slow.received.length).toBe(1000);
  await ng.host.advance(3000);
  expect(slow.received).toMatch(/x{2500}$/);
  expect(ng.accessLog).toEqual(['/a 5120', '/wrong/a 0', '/unbuffered 0', '/back 1000']);
});

test('proxy_limit_rate reads a buffered response so fast', async () => {
  const ng = await startEngine(
    `log_format s "$status $upstream_response_length $upstream_response_time"; access_log /log s;
     server { listen 80; location / { proxy_pass http://127.0.0.1:81; proxy_limit_rate $arg_r; proxy_read_timeout 100ms; } }
     server { listen 81; root /www; access_log off; chunked_transfer_encoding off; }`,
    { files: { '/www/a': 'x'.repeat(250_000) } },
  );
  const body = ({ received }: { readonly received: string }) => received.length - received.indexOf('\r\n\r\n') - 4;
  const slow = await ng.connect();
  await slow.send('GET /a?r=50k HTTP/1.0\r\n\r\n');
  expect(body(slow)).toBe(51_200);
  await ng.host.advance(999);
  expect(body(slow)).toBe(51_200);
  await ng.host.advance(2801);
  expect(body(slow)).toBeLessThanOrEqual(4 * 51_200);
  await ng.host.advance(1200);
  expect(body(slow)).toBe(250_000);
  expect(ng.accessLog[0]).toMatch(/^200 250000 4\.[0-9]+$/);
  const fast = await ng.connect();
  await fast.send('GET /a HTTP/1.0\r\n\r\n');
  expect(body(fast)).toBe(250_000);
});

test('an upstream that closes early ends the response only when its bytes have passed', async () => {
  const ng = await startEngine(
    `server { listen 80; location / { proxy_pass http://127.0.0.1:81; proxy_limit_rate 1000; } }
     server { listen 81; root /www; gzip_static off; location / { sub_filter y z; sub_filter_types *; } }`,
    { files: file },
  );
  const slow = await ng.connect();
  await slow.send('GET /a HTTP/1.0\r\n\r\n');
  await ng.host.advance(1500);
  expect(slow.ended).toBe(false);
  await ng.host.advance(2000);
  expect(slow.received).toMatch(/x{2500}$/);
  expect(slow.ended).toBe(true);
});
