// The same as lb.conf with @fastify/http-proxy: node .tools/run.mjs bench/serve-fastify.ts keep PORT PORT; prints its port.
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Fastify {
  readonly server: { address(): unknown };
  register(plugin: unknown, options: object): void;
  listen(where: object): Promise<string>;
}
const require = createRequire(import.meta.url);
const fastify = require('fastify') as (options: object) => Fastify;

const [, ...ports] = process.argv.slice(2);
let turn = 0;
const app = fastify({ logger: false });
app.register(require('@fastify/http-proxy'), {
  upstream: '',
  replyOptions: { getUpstream: () => `http://127.0.0.1:${ports[turn++ % ports.length]}` },
});
await app.listen({ port: 0, host: '127.0.0.1' });
console.log((app.server.address() as AddressInfo).port);
