// The same as lb.conf with fast-proxy: node .tools/run.mjs bench/serve-fast-proxy.ts keep PORT PORT; prints its port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

type Proxy = (request: IncomingMessage, response: ServerResponse, url: string, options: object) => void;
const fastProxy = createRequire(import.meta.url)('fast-proxy') as (options: object) => { proxy: Proxy };

const [, ...ports] = process.argv.slice(2);
const proxies = ports.map((port) => fastProxy({ base: `http://127.0.0.1:${port}` }).proxy);
let turn = 0;
const server = createServer((request, response) => {
  proxies[turn++ % proxies.length]?.(request, response, request.url ?? '/', {});
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
