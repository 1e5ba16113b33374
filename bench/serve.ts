// Processor time for each proxied request on nginxrun, beside nginx with one worker and beside http-proxy: npm run bench
// Some of it only: node .tools/run.mjs bench/serve.ts return keep 16k
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasWrk, load } from './load.ts';
import {
  accepting,
  built,
  directory,
  endAll,
  firstLine,
  freePort,
  median,
  nginxVersion,
  pin,
  pinned,
  processorTime,
  type Running,
  runNginx,
  start,
} from './servers.ts';

const warmUp = 1;
const measured = 1;
const rounds = 5;

/** What is asked for, of whom. */
interface Scenario {
  readonly title: string;
  readonly mode: 'close' | 'keep' | 'return';
  readonly path: string;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  return: { title: 'return 200', mode: 'return', path: '/' },
  close: { title: 'lb.conf as it is: a new connection to the backend for each request', mode: 'close', path: '/' },
  keep: { title: 'lb.conf with keepalive to the backends', mode: 'keep', path: '/' },
  '16k': { title: 'lb.conf with keepalive, bodies of 16 KiB', mode: 'keep', path: '/16384' },
  '1m': { title: 'lb.conf with keepalive, bodies of 1 MiB', mode: 'keep', path: '/1048576' },
};

/** One turn of one proxy. */
interface Turn {
  readonly perSecond: number;
  /** Processor time of the proxy for one request. */
  readonly microseconds: number;
}

try {
  built();
  console.log(
    `as nginx ${nginxVersion ?? '1.22.1'}; load by ${hasWrk() ? 'wrk' : 'our own client'}, 32 connections; medians of ${rounds} turns, ratios within a turn; proxies ${pinned ? 'pinned to one core' : 'not pinned'}`,
  );
  const ports = nginxVersion ? await nginxBackends() : await ownBackends();
  const asked = process.argv.slice(2).filter((name) => name in scenarios);
  for (const name of asked.length > 0 ? asked : Object.keys(scenarios)) await compare(scenarios[name] as Scenario, ports);
} finally {
  endAll();
}

async function compare({ title, mode, path }: Scenario, ports: readonly string[]): Promise<void> {
  const proxies: [name: string, running: Running][] = [];
  if (nginxVersion) proxies.push(['nginx', await nginx(mode, ports)]);
  proxies.push(['nginxrun', await nginxrun(mode, ports)]);
  if (mode !== 'return') proxies.push(['http-proxy', await httpProxy(mode, ports)]);
  for (const [, { port }] of proxies) await load(port, path, warmUp, pin(0));
  const turns = new Map<string, Turn[]>(proxies.map(([name]) => [name, []]));
  // In turns, so that whatever else the machine does disturbs all of them alike.
  for (let round = 0; round < rounds; round++) {
    for (const [name, running] of proxies) turns.get(name)?.push(await measure(name, running, path));
  }
  for (const [, { child }] of proxies) child.kill('SIGKILL');
  console.log(`\n${title}`);
  const ours = turns.get('nginxrun') ?? [];
  for (const [name, theirs] of turns) {
    const ratio = median(ours.map(({ microseconds }, turn) => microseconds / (theirs[turn]?.microseconds ?? Number.NaN)));
    const rate = median(theirs.map(({ perSecond }) => perSecond))
      .toFixed(0)
      .padStart(7);
    const cost = median(theirs.map(({ microseconds }) => microseconds))
      .toFixed(1)
      .padStart(7);
    const beside = name === 'nginxrun' ? '' : `   nginxrun uses ${ratio.toFixed(2)} × ${name}`;
    console.log(`${name.padEnd(11)} ${cost} µs of processor each, ${rate} requests/s${beside}`);
  }
}

async function measure(name: string, { child, port }: Running, path: string): Promise<Turn> {
  const before = processorTime(child);
  const { requests, seconds, failures } = await load(port, path, measured, pin(0));
  const used = processorTime(child) - before;
  if (failures > 0) console.log(`${name}: ${failures} of ${requests} requests failed`);
  return { perSecond: requests / seconds, microseconds: (used * 1e6) / Math.max(1, requests) };
}

async function nginx(mode: Scenario['mode'], ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  return { child: runNginx(mode, `include ${configFor(mode, ports, port)};`, 1), port: await accepting(port) };
}

async function nginxrun(mode: Scenario['mode'], ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  const child = start(
    ['bin/nginxrun.js', configFor(mode, ports, port), '--quiet', '--mock', 'none', '--nginx-version', nginxVersion ?? '1.22.1'],
    1,
  );
  return { child, port: await accepting(port) };
}

async function httpProxy(mode: Scenario['mode'], ports: readonly string[]): Promise<Running> {
  const child = start(['.tools/run.mjs', 'bench/serve-http-proxy.ts', mode, ...ports], 1);
  return { child, port: Number(await firstLine(child)) };
}

/** Two backends that answer with as many bytes as the path says; nginx, so that the proxies have enough to do. */
async function nginxBackends(): Promise<string[]> {
  const ports = [await freePort(), await freePort()];
  for (const size of [16_384, 1_048_576]) writeFileSync(join(directory, String(size)), 'x'.repeat(size));
  const body = 'x'.repeat(64);
  const servers = ports.map(
    (port) => `server { listen 127.0.0.1:${port}; root ${directory}; location = / { return 200 ${body}; } }`,
  );
  runNginx('backends', ['access_log off;', 'keepalive_requests 1000000000;', 'open_file_cache max=9;', ...servers].join('\n'), 0);
  for (const port of ports) await accepting(port);
  return ports.map(String);
}

async function ownBackends(): Promise<string[]> {
  return (await firstLine(start(['.tools/run.mjs', 'bench/serve-backends.ts'], 0))).split(' ');
}

/** The seed's file, with backends that exist, or a server that needs none. */
function configFor(mode: Scenario['mode'], [first, second]: readonly string[], port: number): string {
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
