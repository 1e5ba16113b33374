import { expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* post_action: what happens behind a response, which nobody sees. */

const config = `
  log_format s "$uri $status $body_bytes_sent"; access_log /log s;
  limit_req_zone k zone=z:64k rate=1r/s;
  server { listen 80;
    location / { post_action /later; return 200 now; }
    location /later { internal; return 404 later; }
    location /named { post_action @slow; return 200 now; }
    location @slow { limit_req zone=z burst=9; proxy_pass http://127.0.0.1:81; }
    location /loop { post_action /loop; return 204; }
  }
  server { listen 81; access_log off; return 201 behind; }`;

const get = (uri: string) => `GET ${uri} HTTP/1.1\r\nHost: a\r\n\r\n`;

test('the next request comes behind it', async () => {
  const ng = await startEngine(config);
  const client = await ng.connect();
  await client.send(get('/a') + get('/b'));
  expect(client.received.match(/\r\nnow$|\r\n\r\nnow/g)).toHaveLength(2);
  expect(client.received).not.toContain('404');
  expect(ng.accessLog).toEqual(['/later 404 3', '/later 404 3']);
  await ng.ask(get('/loop'));
  expect(ng.accessLog.slice(2)).toEqual(['/loop 500 0']);
});

test('it goes on when the client has left', async () => {
  const ng = await startEngine(config);
  await ng.ask(get('/named'));
  const client = await ng.connect();
  await client.send(get('/named'));
  expect(client.received).toMatch(/now$/);
  await client.reset();
  expect(ng.accessLog).toEqual(['/named 201 3']);
  await ng.host.advance(1000);
  expect(ng.accessLog).toEqual(['/named 201 3', '/named 201 3']);
});
