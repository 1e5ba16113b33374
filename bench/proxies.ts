// The proxies that bench/serve.ts measures, each on a core of its own in front of the same backends.
import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accepting,
  directory,
  firstLine,
  freePort,
  launched,
  nginxVersion,
  pin,
  type Running,
  runNginx,
  start,
} from './servers.ts';

/** `return`: no proxy at all. `close`: a connection for each request. `keep`: connections to backends are kept. */
export type Mode = 'close' | 'keep' | 'return';

/** Starts a proxy, or a server, in front of backends. */
export type StartProxy = (mode: Mode, ports: readonly string[]) => Promise<Running>;

/** The HAProxy that is installed. */
const hasHaproxy = spawnSync('haproxy', ['-v']).error === undefined;

/** The proxies that can run here, ours among them. */
export function proxiesFor(mode: Mode): [name: string, start: StartProxy][] {
  const all: [string, StartProxy, boolean][] = [
    ['nginx', nginx, nginxVersion !== undefined],
    ['haproxy', haproxy, hasHaproxy && mode !== 'return'],
    ['nginxrun', nginxrun, true],
    ['http-proxy', inNode('serve-http-proxy.ts'), mode !== 'return'],
    ['fast-proxy', inNode('serve-fast-proxy.ts'), mode === 'keep'],
    ['@fastify/http-proxy', inNode('serve-fastify.ts'), mode === 'keep'],
  ];
  return all.flatMap(([name, begin, isHere]) => (isHere ? [[name, begin] as [string, StartProxy]] : []));
}

async function nginx(mode: Mode, ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  return { child: runNginx(mode, `include ${configFor(mode, ports, port)};`, 1), port: await accepting(port) };
}

async function nginxrun(mode: Mode, ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  const child = start(
    ['bin/nginxrun.js', configFor(mode, ports, port), '--quiet', '--mock', 'none', '--nginx-version', nginxVersion ?? '1.22.1'],
    1,
  );
  return { child, port: await accepting(port) };
}

/** One thread, and as few headers added as lb.conf adds. */
async function haproxy(mode: Mode, [first, second]: readonly string[]): Promise<Running> {
  const port = await freePort();
  const file = join(directory, `haproxy-${mode}-${port}.cfg`);
  writeFileSync(
    file,
    `global
  nbthread 1
  maxconn 4000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  option forwardfor
  option ${mode === 'keep' ? 'http-keep-alive' : 'http-server-close'}
  http-reuse ${mode === 'keep' ? 'always' : 'never'}
frontend all
  bind 127.0.0.1:${port}
  default_backend webs
backend webs
  balance roundrobin
  server one 127.0.0.1:${first}
  server two 127.0.0.1:${second}
`,
  );
  const child: ChildProcess = launched([...pin(1), 'haproxy', '-db', '-q', '-f', file], 'ignore');
  return { child, port: await accepting(port) };
}

/** A program beside this one that prints its port. */
function inNode(program: string): StartProxy {
  return async (mode, ports) => {
    const child = start(['.tools/run.mjs', `bench/${program}`, mode, ...ports], 1);
    return { child, port: Number(await firstLine(child)) };
  };
}

/** The seed's file, with backends that exist, or a server that needs none. */
function configFor(mode: Mode, [first, second]: readonly string[], port: number): string {
  const file = join(directory, `lb-${mode}-${port}.conf`);
  if (mode === 'return') {
    writeFileSync(file, `access_log off;\nserver { listen 127.0.0.1:${port}; location / { return 200 "hello\\n"; } }\n`);
    return file;
  }
  const seed = readFileSync('fixtures/seed/lb/lb.conf', 'latin1');
  const placed = seed
    .replace('server web01;', `server 127.0.0.1:${first};`)
    .replace('server web02;', `server 127.0.0.1:${second};`);
  const listening = placed.replace('listen 80;', `listen 127.0.0.1:${port};`);
  const withHeader = listening.replace('proxy_http_version', 'proxy_set_header Connection "";\n\tproxy_http_version');
  const kept = withHeader.replace(`server 127.0.0.1:${second};`, `server 127.0.0.1:${second}; keepalive 32;`);
  writeFileSync(file, `access_log off;\n${mode === 'close' ? listening : kept}`);
  return file;
}
