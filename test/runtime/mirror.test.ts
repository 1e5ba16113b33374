import { expect, test } from 'vitest';
import { linesOf, startEngine } from '../support/engine.ts';

/* Background subrequests: what a mirror gets, and who waits for it. */

const config = `
  log_format s "$uri $request_method $request_body"; access_log /log s;
  limit_req_zone k zone=z:64k rate=1r/s;
  server { listen 80;
    location / { mirror /mirror/1; mirror /mirror/2; access_log off; return 200 done; }
    location /read { mirror /mirror/1; proxy_pass http://127.0.0.1:82; access_log off; }
    location /bodyless { mirror /mirror/2; mirror_request_body off; proxy_pass http://127.0.0.1:82; access_log off; }
    location /small { client_max_body_size 2; mirror /mirror/1; proxy_pass http://127.0.0.1:82; error_page 413 = @small; access_log off; }
    location @small { access_log off; return 200 small; }
    location /slow { mirror /limited; proxy_pass http://127.0.0.1:82; }
    location /mirror { internal; proxy_pass http://127.0.0.1:81$uri; access_log off; }
    location = /mirror/2 { internal; proxy_pass http://127.0.0.1:81; proxy_set_header Content-Length ''; access_log off; }
    location /limited { internal; limit_req zone=z burst=9; proxy_pass http://127.0.0.1:81$uri; access_log off; }
  }
  server { listen 81; location / { proxy_pass http://127.0.0.1:82; } }
  server { listen 82; access_log off; return 200 body; }`;

const post = (uri: string) => `POST ${uri} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody`;

test('a mirror gets the method and the body, where they are read', async () => {
  const ng = await startEngine(config);
  const fresh = linesOf(ng);
  expect(await ng.ask(post('/read'))).toMatch(/body$/);
  expect(fresh()).toEqual(['/mirror/1 POST body']);
  expect(await ng.ask(post('/bodyless'))).toMatch(/body$/);
  expect(fresh()).toEqual(['/mirror/2 POST -']);
  const chunked = 'POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n';
  expect(await ng.ask(chunked)).toMatch(/small$/);
  expect(fresh()).toEqual([]);
});

test('the next request waits for the mirror, and a client that leaves does not stop it', async () => {
  const ng = await startEngine(config);
  const fresh = linesOf(ng);
  await ng.ask('GET /slow HTTP/1.0\r\n\r\n');
  expect(fresh()).toEqual(['/limited GET -', '/slow GET -']);
  const client = await ng.connect();
  await client.send('GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /read HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(client.received.match(/200 OK/g)).toHaveLength(1);
  await ng.host.advance(1000);
  expect(client.received.match(/200 OK/g)).toHaveLength(2);
  expect(fresh()).toEqual(['/limited GET -', '/slow GET -', '/mirror/1 GET -']);
  const leaving = await ng.connect();
  await leaving.send('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(leaving.received).toMatch(/body$/);
  await leaving.reset();
  await ng.host.advance(1000);
  expect(fresh()).toEqual(['/limited GET -', '/slow GET -']);
});
