// Requests per second of the seed's lb.conf on nginxrun, beside nginx with one worker and beside http-proxy: npm run bench
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasWrk, load } from './load.ts';

const warmUp = 1;
const measured = 1;
const rounds = 4;

const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const directory = mkdtempSync(join(tmpdir(), 'bench-serve-'));
const children: ChildProcess[] = [];
const pinned = spawnSync('taskset', ['-V']).error === undefined;
/** The nginx that is installed, whose behaviour nginxrun plays: newer releases keep connections to backends by default. */
const nginxVersion = /nginx\/([\d.]+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '')?.[1];

/** The proxies run on one core, everything else on the other. */
const pin = (core: number): string[] => (pinned ? ['taskset', '-c', String(core)] : []);

interface Row {
  readonly name: string;
  readonly perSecond: number;
  /** Processor time of the proxy for one request. */
  readonly microseconds: number;
}

try {
  if (!existsSync('dist/nginxrun.cjs')) execFileSync(process.execPath, ['.tools/build.mjs'], { stdio: 'inherit' });
  console.log(
    `as nginx ${nginxVersion ?? '1.22.1'}; load by ${hasWrk() ? 'wrk' : 'our own client'}, 32 connections, the best of ${rounds} turns; proxies ${pinned ? 'pinned to one core' : 'not pinned'}`,
  );
  const backends = await start(['.tools/run.mjs', 'bench/serve-backends.ts'], 0);
  const ports = (await firstLine(backends)).split(' ');
  for (const mode of ['close', 'keep'] as const) await compare(mode, ports);
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
}

async function compare(mode: 'close' | 'keep', ports: readonly string[]): Promise<void> {
  const proxies: [name: string, running: Running][] = [];
  if (nginxVersion) proxies.push(['nginx', await nginx(mode, ports)]);
  proxies.push(['nginxrun', await nginxrun(mode, ports)], ['http-proxy', await httpProxy(mode, ports)]);
  for (const [, { port }] of proxies) await load(port, warmUp, pin(0));
  const rows = new Map<string, Row>();
  // In turns, so that whatever else the machine does disturbs all of them alike; the best turn counts.
  for (let round = 0; round < rounds; round++) {
    for (const [name, running] of proxies) rows.set(name, better(rows.get(name), await measure(name, running)));
  }
  for (const [, { child }] of proxies) child.kill('SIGKILL');
  const how = mode === 'close' ? 'as it is: a new connection to the backend for each request' : 'with keepalive to the backends';
  console.log(`\nlb.conf, ${how}`);
  const ours = rows.get('nginxrun');
  for (const { name, perSecond, microseconds } of rows.values()) {
    const ratio = ours && name !== 'nginxrun' ? `   nginxrun is ${(ours.perSecond / perSecond).toFixed(2)} × ${name}` : '';
    const requests = `${perSecond.toFixed(0).padStart(7)} requests/s`;
    console.log(`${name.padEnd(11)} ${requests} ${microseconds.toFixed(1).padStart(7)} µs of processor each${ratio}`);
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

async function measure(name: string, { child, port }: Running): Promise<Row> {
  const before = processorTime(child);
  const { requests, seconds, failures } = await load(port, measured, pin(0));
  const used = processorTime(child) - before;
  if (failures > 0) console.log(`${name}: ${failures} of ${requests} requests failed`);
  return { name, perSecond: requests / seconds, microseconds: (used * 1e6) / Math.max(1, requests) };
}

function better(before: Row | undefined, now: Row): Row {
  if (!before) return now;
  return {
    ...now,
    perSecond: Math.max(before.perSecond, now.perSecond),
    microseconds: Math.min(before.microseconds, now.microseconds),
  };
}

/** Seconds of processor that a process has used; NaN where /proc does not tell. */
function processorTime({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

async function nginx(mode: 'close' | 'keep', ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  const file = join(directory, `nginx-${mode}.conf`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`);
  const http = [...temporary, `include ${configFor(mode, ports, port)};`].join('\n');
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${directory}/pid;\nerror_log stderr crit;\nevents {}\nhttp {\n${http}\n}\n`,
  );
  const [command = '', ...args] = [...pin(1), 'nginx', '-c', file];
  const child = spawn(command, args, { stdio: 'ignore' });
  children.push(child);
  return { child, port: await accepting(port) };
}

async function nginxrun(mode: 'close' | 'keep', ports: readonly string[]): Promise<Running> {
  const port = await freePort();
  const child = await start(
    ['bin/nginxrun.js', configFor(mode, ports, port), '--quiet', '--mock', 'none', '--nginx-version', nginxVersion ?? '1.22.1'],
    1,
  );
  return { child, port: await accepting(port) };
}

async function httpProxy(mode: 'close' | 'keep', ports: readonly string[]): Promise<Running> {
  const child = await start(['.tools/run.mjs', 'bench/serve-http-proxy.ts', mode, ...ports], 1);
  return { child, port: Number(await firstLine(child)) };
}

/** The seed's file, with backends that exist. */
function configFor(mode: 'close' | 'keep', [first, second]: readonly string[], port: number): string {
  const seed = readFileSync('fixtures/seed/lb/lb.conf', 'latin1');
  const placed = seed
    .replace('server web01;', `server 127.0.0.1:${first};`)
    .replace('server web02;', `server 127.0.0.1:${second};`);
  const listening = placed.replace('listen 80;', `listen 127.0.0.1:${port};`);
  const withHeader = listening.replace('proxy_http_version', 'proxy_set_header Connection "";\n\tproxy_http_version');
  const kept = withHeader.replace(`server 127.0.0.1:${second};`, `server 127.0.0.1:${second}; keepalive 32;`);
  const file = join(directory, `lb-${mode}-${port}.conf`);
  writeFileSync(file, `access_log off;\n${mode === 'close' ? listening : kept}`);
  return file;
}

async function start(args: readonly string[], core: number): Promise<ChildProcess> {
  const [command = '', ...rest] = [...pin(core), process.execPath, ...args];
  const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = (await once(stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return chunk.toString().trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until something accepts connections there; not longer than ten seconds. */
async function accepting(port: number): Promise<number> {
  const { connect } = await import('node:net');
  for (const until = performance.now() + 10_000; performance.now() < until; ) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (reached) return port;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}
