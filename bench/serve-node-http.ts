// Node's own http with `send` for files, as an application would serve them; prints its port.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Writable } from 'node:stream';

const [root = '.'] = process.argv.slice(2);
const send = createRequire(import.meta.url)('send') as (
  request: unknown,
  path: string,
  options: { root: string },
) => { pipe(to: Writable): void };

const server = createServer((request, response) => {
  if (request.url === '/') response.setHeader('Content-Type', 'text/plain').end('hello\n');
  else send(request, request.url ?? '', { root }).pipe(response);
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
