// The same as lb.conf with http-proxy: node .tools/run.mjs bench/serve-http-proxy.ts keep|close PORT PORT; prints its port.
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface ProxyServer {
  on(event: 'error', listener: () => void): void;
  web(request: IncomingMessage, response: ServerResponse, options: { target: string }): void;
}
const require = createRequire(import.meta.url);
const { createProxyServer } = require('http-proxy') as { createProxyServer(options: object): ProxyServer };

const [mode, ...ports] = process.argv.slice(2);
const agent = mode === 'keep' ? new Agent({ keepAlive: true }) : undefined;
const proxy = createProxyServer({ xfwd: true, ...(agent && { agent }) });
proxy.on('error', () => {});
let turn = 0;
const server = createServer((request, response) => {
  proxy.web(request, response, { target: `http://127.0.0.1:${ports[turn++ % ports.length]}` });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
