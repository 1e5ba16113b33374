import { describe, expect, test } from 'vitest';
import type { Socket } from '../../src/host/host.ts';
import { type Client, type RunningEngine, startEngine } from '../support/engine.ts';

/* Bodies of requests that go on as they come: proxy_request_buffering off and its like. */

/** An upstream that takes what it is told to take, and answers when the test says so. */
class Backend {
  received = '';
  readonly sockets: Socket[] = [];

  async start({ host }: RunningEngine, address = '10.0.0.1'): Promise<this> {
    await host.network.listen({ kind: 'ip', host: address, port: 80 }, (socket) => {
      this.sockets.push(socket);
      socket.handler = {
        data: (chunk) => void (this.received += chunk.toString('latin1')),
        end: () => socket.end(),
        closed() {},
      };
    });
    return this;
  }

  get body(): string {
    return this.received.slice(this.received.indexOf('\r\n\r\n') + 4);
  }
}

interface Streaming {
  readonly ng: RunningEngine;
  readonly backend: Backend;
  readonly client: Client;
}

async function streaming(request: string, directives = '', upstream = 'server 10.0.0.1;'): Promise<Streaming> {
  const ng = await startEngine(
    `log_format s $status; access_log /log s; upstream u { ${upstream} }
     server { listen 80; proxy_request_buffering off; proxy_http_version 1.1; ${directives} location / { proxy_pass http://u; } }`,
  );
  const backend = await new Backend().start(ng);
  const client = await ng.connect();
  await client.send(request);
  return { ng, backend, client };
}

const post = 'POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n';
const chunkedPost = 'POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n';
const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('proxy_request_buffering off', () => {
  test('hands pieces on as they come', async () => {
    const { backend, client } = await streaming(`${post}abc`);
    expect(backend.received).toContain('Content-Length: 10\r\n');
    expect(backend.body).toBe('abc');
    await client.send('defg');
    expect(backend.body).toBe('abcdefg');
    await client.send('hij');
    expect(backend.body).toBe('abcdefghij');
    backend.sockets[0]?.write(answer);
    await client.send('GET /y HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(client.received).toContain(' 200 ');
    expect(backend.sockets).toHaveLength(2);
  });

  test('an unknown length goes out in chunks of what came together', async () => {
    const { backend, client } = await streaming(`${chunkedPost}3\r\nabc\r\n2\r\nde\r\n`);
    expect(backend.received).toContain('Transfer-Encoding: chunked\r\n');
    expect(backend.body).toBe('5\r\nabcde\r\n');
    await client.send('1\r\nf\r\n');
    await client.send('0\r\n\r\n');
    expect(backend.body).toBe('5\r\nabcde\r\n1\r\nf\r\n0\r\n\r\n');
  });

  test('a body that was here at once is sent with its length', async () => {
    const { backend } = await streaming(`${chunkedPost}3\r\nabc\r\n0\r\n\r\n`);
    expect(backend.received).toContain('Content-Length: 3\r\n');
    expect(backend.body).toBe('abc');
  });

  test('no second upstream once something was sent, but another one when nothing was', async () => {
    const lost = await streaming(`${post}abc`, '', 'server 10.0.0.1; server 10.0.0.2;');
    await new Backend().start(lost.ng, '10.0.0.2');
    lost.backend.sockets[0]?.reset();
    await lost.client.send('d');
    expect(lost.client.received).toContain(' 502 ');
    const ng = await startEngine(
      `upstream u { server 10.0.0.9; server 10.0.0.1; }
       server { listen 80; proxy_request_buffering off; location / { proxy_pass http://u; } }`,
    );
    const backend = await new Backend().start(ng);
    const client = await ng.connect();
    await client.send(`${post}abc`);
    await client.send('defghij');
    expect(backend.body).toBe('abcdefghij');
  });

  test('a client that stops in the middle is 400, one that is silent 408', async () => {
    const gone = await streaming(`${post}abc`);
    await gone.client.finish();
    expect(gone.ng.accessLog).toEqual(['400']);
    expect(gone.client.received).toBe('');
    const silent = await streaming(`${post}abc`, 'client_body_timeout 5s;');
    await silent.ng.host.advance(4999);
    expect(silent.ng.accessLog).toEqual([]);
    await silent.ng.host.advance(1);
    expect(silent.ng.accessLog).toEqual(['408']);
  });

  test('chunks that are broken, or too many, are answered', async () => {
    const broken = await streaming(`${chunkedPost}3\r\nabc\r\n`);
    await broken.client.send('zz\r\n');
    expect(broken.client.received).toContain(' 400 ');
    const large = await streaming(`${chunkedPost}3\r\nabc\r\n`, 'client_max_body_size 4;');
    await large.client.send('2\r\nde\r\n');
    expect(large.client.received).toContain(' 413 ');
  });

  test('an early answer is passed on; both connections close', async () => {
    const { ng, backend, client } = await streaming(`${post}abc`, '', 'server 10.0.0.1; keepalive 4;');
    backend.sockets[0]?.write(answer);
    await ng.host.settle();
    expect(client.received).toContain('\r\n\r\nok');
    expect(client.ended).toBe(true);
    const next = await ng.connect();
    await next.send('GET / HTTP/1.0\r\n\r\n');
    expect(backend.sockets).toHaveLength(2);
  });

  test('a slow upstream holds the client back', async () => {
    const size = 4 * 1024 * 1024;
    const head = `POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: ${size}\r\n\r\n`;
    const { ng, backend, client } = await streaming(head, 'client_max_body_size 0;');
    const [socket] = backend.sockets as [Socket];
    socket.pause();
    const piece = 'x'.repeat(65_536);
    for (let sent = 0; sent < size; sent += piece.length) await client.send(piece);
    const before = backend.body.length;
    expect(before).toBeLessThan(size / 2);
    socket.resume();
    await ng.host.settle();
    expect(backend.body.length).toBe(size);
  });
});
