import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { handlers } from '../../src/modules/handlers.ts';
import { httpDegradation } from '../../src/modules/http/degradation/directives.ts';
import { handle } from '../../src/runtime/hooks.ts';
import type { Request } from '../../src/runtime/http/request.ts';
import { startEngine } from '../support/engine.ts';

/* Subrequests and the order in which they write. A room of the test's own makes one for each `/path` in what it writes. */

const parts = handle(httpDegradation, {
  handler: (_, at) => {
    const line = at.scope.uses.find(({ directive }) => directive.name === 'degrade')?.directive;
    if (!line) return undefined;
    return (r: Request) => {
      r.status = 200;
      r.headersOut.contentType = 'text/html';
      r.sendHeader();
      for (const word of (r.args || '/cycle').split(',')) {
        if (!word.startsWith('/')) r.write(Buffer.from(`${word} `));
        else if (!r.subrequest(word.split('+')[0] ?? '', { args: word.split('+').slice(1).join(',') }))
          r.write(Buffer.from('refused'));
      }
      r.finalize(0);
      return 'done';
    };
  },
});

const start = (text: string) => startEngine(text, { rooms: [parts, ...handlers] });
const bodyOf = (answer: string) =>
  answer
    .slice(answer.indexOf('\r\n\r\n') + 4)
    .replace(/[0-9a-f]+\r\n/g, '')
    .replace(/\r\n/g, '');

const config = `
  log_format s "$uri $status"; access_log /log s;
  server { listen 80;
    location /parts { degrade 204; }
    location /plain { internal; return 200 "<$uri $args $request_method>"; }
    location /slow { proxy_pass http://127.0.0.1:81; }
    location /missing { return 404; }
    location /cycle { internal; degrade 204; }
    location /packed { gzip on; gzip_min_length 0; gzip_http_version 1.0; degrade 204; }
    location /upgrade { proxy_http_version 1.1; proxy_pass http://127.0.0.1:82; }
    location /large { proxy_buffering off; proxy_pass http://127.0.0.1:82; }
  }
  limit_req_zone k zone=z:64k rate=1r/s;
  server { listen 81; location / { limit_req zone=z burst=9; try_files /none @slow; } location @slow { return 200 "<slow>"; } }`;

describe('subrequests', () => {
  test('write where they were made, however long they take', async () => {
    const ng = await start(config);
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /parts?a,/slow,b,/plain,/missing,c HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(client.received).toBe('');
    await ng.host.advance(1000);
    expect(bodyOf(client.received)).toMatch(/^a <slow>b <\/plain {2}GET><html>[\s\S]*404[\s\S]*<\/html>c $/);
    expect(client.ended).toBe(false);
    expect(ng.accessLog).toEqual(['/ 200', '/slow 200', '/parts 200']);
    await client.send('GET /plain HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(client.received).toContain('HTTP/1.1 404');
  });

  test('may make subrequests of their own', async () => {
    const ng = await start(config);
    const answer = await ng.ask('GET /parts?1,/cycle+2+/plain+3,4 HTTP/1.0\r\n\r\n');
    expect(bodyOf(answer)).toBe('1 2 </plain  GET>3 4 ');
  });

  test('end where they go too deep', async () => {
    const ng = await start(config);
    expect(bodyOf(await ng.ask('GET /parts?/cycle,end HTTP/1.0\r\n\r\n'))).toBe('refusedend ');
    expect(ng.errors.at(-1)).toContain(
      'subrequests cycle while processing "/cycle", client: 127.0.0.1, server: , request: "GET /parts?/cycle,end HTTP/1.0", subrequest: "/cycle"',
    );
  });

  test('a client that leaves ends them', async () => {
    const ng = await start(config);
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /parts?/slow,a HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.reset();
    expect(ng.accessLog.slice(1).sort()).toEqual(['/parts 499', '/slow 499']);
  });

  test('are compressed together with what has made them', async () => {
    const ng = await start(config);
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /packed?a,/slow,b,/plain HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n');
    await ng.host.advance(1000);
    const [head = '', body = ''] = client.received.split('\r\n\r\n', 2);
    expect(head).toContain('Content-Encoding: gzip');
    expect(gunzipSync(Buffer.from(body, 'latin1')).toString()).toBe('a <slow>b </plain  GET>');
  });

  test('hold back their upstream until it is their turn', async () => {
    let paused = 0;
    const piece = 'x'.repeat(10_000);
    const ng = await startEngine(config, {
      rooms: [parts, ...handlers],
      before: ({ network }) =>
        void network.listen({ kind: 'ip', host: '127.0.0.1', port: 82 }, (socket) => {
          const more = (left: number): void => {
            if (left === 0) socket.end();
            else if (socket.write(piece)) more(left - 1);
            else {
              paused++;
              socket.handler.drained = () => more(left - 1);
            }
          };
          socket.handler = {
            data() {
              socket.write('HTTP/1.0 200 OK\r\n\r\n');
              more(100);
            },
            end() {},
            closed() {},
          };
        }),
    });
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /parts?/slow,/large,end HTTP/1.0\r\n\r\n');
    expect(paused).toBeGreaterThan(0);
    await ng.host.advance(1000);
    expect(bodyOf(client.received)).toBe(`<slow>${piece.repeat(100)}end `);
  });

  test('cannot be upgraded', async () => {
    const ng = await startEngine(config.replace('"$uri $status"', '"$uri $status $bytes_sent $body_bytes_sent"'), {
      rooms: [parts, ...handlers],
      before: ({ network }) =>
        void network.listen({ kind: 'ip', host: '127.0.0.1', port: 82 }, (socket) => {
          const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n';
          socket.handler = { data: () => void socket.write(`${head}hello`), end: () => socket.end(), closed() {} };
        }),
    });
    const asked = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\n`;
    const client = await ng.connect();
    await client.send(asked('/parts?/upgrade'));
    expect(client.ended).toBe(true);
    expect(ng.errors.join()).toContain('connection upgrade in subrequest');
    const tunnel = await ng.connect();
    await tunnel.send(asked('/upgrade'));
    await tunnel.finish();
    expect(tunnel.received).toMatch(/\r\n\r\nhello$/);
    expect(ng.accessLog.at(-1)).toBe(`/upgrade 101 ${tunnel.received.length} 5`);
  });
});

test('$request_id is the same in all that a request leads to', async () => {
  const { ask, accessLog, host } = await start(
    'log_format i "$uri $request_id"; log_subrequest on; access_log /log i; server { listen 80; error_page 404 /page; location / { degrade 204; } location /none { return 404; } location /page { return 200 $request_id; } }',
  );
  const answer = await ask('GET /x?/page,/none HTTP/1.1\r\nHost: a\r\n\r\n');
  await host.settle();
  const ids = accessLog.map((line) => line.split(' ')[1]);
  expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(answer).toContain(ids[0]);
});
