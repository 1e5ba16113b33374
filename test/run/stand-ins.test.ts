import { describe, expect, test } from 'vitest';
import { type Address, failed, type Host } from '../../src/host/host.ts';
import { createMemoryHost } from '../../src/host/memory.ts';
import { createNodeHost } from '../../src/host/node.ts';
import { exchange } from '../../src/runtime/client/exchange.ts';
import type { BackendServer } from '../../src/runtime/mock/backend-server.ts';
import { mockCgiBackend } from '../../src/runtime/mock/cgi-messages.ts';
import { serveFastcgi } from '../../src/runtime/mock/fastcgi-backend.ts';
import { mockHttpBackend } from '../../src/runtime/mock/http-backend.ts';
import { type BackendHandler, serveHttp } from '../../src/runtime/mock/http-server.ts';

const free: Address = { kind: 'ip', host: '127.0.0.1', port: 0 };

const hosts: [string, () => Host][] = [
  ['in memory', () => createMemoryHost()],
  ['on Node', () => createNodeHost()],
];

async function serve(host: Host, handler: BackendHandler): Promise<BackendServer> {
  const server = await serveHttp(host, free, handler);
  if (failed(server)) throw new Error(server.errno);
  return server;
}

describe.each(hosts)('a backend %s', (_, makeHost) => {
  test('says who it stands in for, and what it was asked', async () => {
    const { network, ...rest } = makeHost();
    const server = await serve({ network, ...rest }, mockHttpBackend('web01:80'));
    const response = await exchange(network, server.address, 'POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc');
    expect(response.status).toBe(200);
    expect(response.complete).toBe(true);
    expect(response.headers.get('x-mock-backend')).toBe('web01:80');
    expect(response.text()).toContain('in place of web01:80');
    expect(response.text()).toContain('POST /a?b HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc');
    const json = await exchange(network, server.address, 'GET / HTTP/1.0\r\nAccept: application/json\r\n\r\n');
    expect(json.json()).toMatchObject({ peer: 'web01:80', served: 2, requestLine: 'GET / HTTP/1.0' });
    server.kill();
  });

  test('reads chunked bodies and answers requests that come together', async () => {
    const host = makeHost();
    const server = await serve(host, ({ uri, body }) => `${uri} ${body}`);
    const bytes = 'POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n';
    const response = await exchange(host.network, server.address, bytes);
    expect(response.text()).toBe('/1 abc');
    server.kill();
  });

  test('answers bytes as they are, or not at all', async () => {
    const host = makeHost();
    const server = await serve(host, ({ uri }) => (uri === '/bare' ? { raw: 'hello' } : null));
    const bare = await exchange(host.network, server.address, 'GET /bare HTTP/1.1\r\n\r\n');
    expect(bare.raw.toString()).toBe('hello');
    expect((await exchange(host.network, server.address, 'GET / HTTP/1.1\r\n\r\n')).status).toBe(0);
    server.kill();
    await expect(exchange(host.network, server.address, 'GET / HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED');
  });

  test('speaks FastCGI', async () => {
    const host = makeHost();
    const server = await serveFastcgi(host, free, mockCgiBackend('127.0.0.1:9000', 'FastCGI'));
    if (failed(server)) throw new Error(server.errno);
    const record = (type: number, content: string) =>
      `\x01${String.fromCharCode(type)}\0\x01\0${String.fromCharCode(content.length)}\0\0${content}`;
    const params = '\x0f\x05SCRIPT_FILENAME/x.ph\x0e\x03REQUEST_METHODGET';
    const bytes = record(1, '\0\x01\0\0\0\0\0\0') + record(4, params) + record(4, '') + record(5, '');
    const { raw } = await exchange(host.network, server.address, Buffer.from(bytes, 'latin1'));
    expect(raw.subarray(0, 4)).toEqual(Buffer.from([1, 6, 0, 1]));
    expect(raw.toString()).toContain('X-Mock-Backend: 127.0.0.1:9000\r\n');
    expect(raw.toString()).toContain('It would have run /x.ph');
    server.kill();
  });
});
