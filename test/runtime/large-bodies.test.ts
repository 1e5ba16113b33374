import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../src/host/host.ts';
import { createNodeHost } from '../../src/host/node.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';
import { modelOf } from '../support/engine.ts';

/*
 * Memory of one body serves the next: many bodies at once, to clients of all speeds, must arrive as they were sent. The
 * path asks for a length, a seed and a framing: /300000/7/chunked.
 */

/** Bytes that say whose they are and where. */
function bodyOf(length: number, seed: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.min(length, 100_003));
  for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 7 + (at >> 8) * 13 + seed * 31) & 0xff;
  return length === bytes.length ? bytes : Buffer.alloc(length, bytes);
}

function answer(socket: Socket, [, length = '0', seed = '0', framing = '']: readonly string[]): void {
  const body = bodyOf(Number(length), Number(seed));
  const head = (field: string) => socket.write(`HTTP/1.1 200 OK\r\n${field}\r\n\r\n`);
  if (framing === 'close') {
    head('Connection: close');
    socket.end(body);
    return;
  }
  if (framing !== 'chunked') {
    head(`Content-Length: ${body.length}`);
    socket.write(body);
    return;
  }
  head('Transfer-Encoding: chunked');
  for (let at = 0; at < body.length; at += 50_021) {
    const piece = body.subarray(at, at + 50_021);
    socket.write(`${piece.length.toString(16)}\r\n`);
    socket.write(piece);
    socket.write('\r\n');
  }
  socket.write('0\r\n\r\n');
}

function backend(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      answer(socket, /^GET \/(\d+)\/(\d+)\/(\w+)/m.exec(chunk.toString('latin1')) ?? []);
    });
  }).listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

/** A backend that says what it was told. */
function echo(): Promise<Server> {
  const server = createHttpServer((asked, answering) => void asked.pipe(answering)).listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => server);
}

/** What comes back of a body that is sent. */
async function tell(port: number, path: string, body: Buffer): Promise<Buffer> {
  const asking = request({ port, host: '127.0.0.1', method: 'POST', path, headers: { 'content-length': body.length } });
  asking.end(body);
  const [answered] = (await once(asking, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answered) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The body that comes back; a slow client stops listening for a moment again and again. */
async function ask(port: number, path: string, isSlow: boolean): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (!isSlow || chunks.length % 40 !== 3) return;
    socket.pause();
    setTimeout(() => socket.resume(), 10);
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  const all = Buffer.concat(chunks);
  const body = all.subarray(all.indexOf('\r\n\r\n') + 4);
  return /transfer-encoding: chunked/i.test(all.toString('latin1', 0, 300)) ? unchunk(body) : body;
}

function unchunk(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (length === 0 || Number.isNaN(length)) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

describe.each([{ plainSockets: true }, { plainSockets: false }])('large bodies, %o', (options) => {
  let server: Server;
  let echoing: Server;
  let nginx: Nginx;
  let port = 0;

  beforeAll(async () => {
    server = await backend();
    echoing = await echo();
    const host = createNodeHost(options);
    const listener = await host.network.listen({ kind: 'ip', host: '127.0.0.1', port: 0 }, () => {});
    if (failed(listener) || listener.address.kind !== 'ip') throw new Error('no port');
    ({ port } = listener.address);
    listener.close();
    const pass = 'proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Connection "";';
    const config = `
      upstream b { server 127.0.0.1:${(server.address() as AddressInfo).port}; keepalive 4; }
      upstream e { server 127.0.0.1:${(echoing.address() as AddressInfo).port}; keepalive 4; }
      server { listen 127.0.0.1:${port};
        client_max_body_size 0;
        location / { ${pass} }
        location /echo { ${pass.replace('b;', 'e;')} }
        location /huge/ { proxy_buffers 4 128k; proxy_buffer_size 32k; proxy_busy_buffers_size 128k; ${pass.replace('b;', 'b/;')} }
        location /tight/ { proxy_max_temp_file_size 0; ${pass.replace('b;', 'b/;')} }
        location /off/ { proxy_buffering off; ${pass.replace('b;', 'b/;')} } }`;
    const started = await startNginx(modelOf(config), host, { nginxVersion: '1.28.0', rooms: handlers });
    if (!started.value) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
    nginx = started.value;
  });
  afterAll(async () => {
    await nginx?.stop();
    server?.close();
    echoing?.close();
  });

  const lengths = [0, 1, 5000, 16_384, 33_000, 65_536, 131_073, 1_500_000];
  const asked = ['', '/huge', '/tight', '/off'].flatMap((place) =>
    ['length', 'chunked', 'close'].flatMap((framing) => lengths.map((length) => ({ place, framing, length }))),
  );

  test('arrive as they were sent', async () => {
    const wrong: string[] = [];
    let next = 0;
    const client = async () => {
      for (let seed = next++; seed < asked.length * 2; seed = next++) {
        const { place, framing, length } = asked[seed % asked.length] as (typeof asked)[number];
        const path = `${place}/${length}/${seed}/${framing}`;
        const body = await ask(port, path, seed % 3 === 0);
        if (!body.equals(bodyOf(length, seed))) wrong.push(`${path}: ${body.length} bytes`);
      }
    };
    await Promise.all(Array.from({ length: 12 }, client));
    expect(wrong).toEqual([]);
  }, 60_000);

  // More than the kernel takes, so that writes go on while memory is asked for again.
  test.each(['/huge', '/tight', '/off', ''])(
    'wait for slow clients (%s)',
    async (place) => {
      const wrong = await Promise.all(
        ['length', 'chunked', 'close', 'length'].map(async (framing, at) => {
          const seed = 100 + at;
          const body = await ask(port, `${place}/16000000/${seed}/${framing}`, true);
          return body.equals(bodyOf(16_000_000, seed)) ? [] : [framing];
        }),
      );
      expect(wrong.flat()).toEqual([]);
    },
    30_000,
  );

  test('reach the backend as they were sent', async () => {
    const seeds = Array.from({ length: 24 }, (_, seed) => seed);
    const wrong = await Promise.all(
      seeds.map(async (seed) => {
        const body = bodyOf(lengths[seed % lengths.length] as number, seed);
        return (await tell(port, '/echo', body)).equals(body) ? [] : [`${seed}: ${body.length}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  test('do not keep clients from going away', async () => {
    await Promise.all(
      [1, 2, 3, 4].map(async (seed) => {
        const socket = connect({ port, host: '127.0.0.1' });
        socket.write(`GET /huge/1500000/${seed}/length HTTP/1.1\r\nHost: x\r\n\r\n`);
        await once(socket, 'data');
        socket.destroy();
      }),
    );
    const body = await ask(port, '/huge/300000/9/length', true);
    expect(body.equals(bodyOf(300_000, 9))).toBe(true);
  });
});
