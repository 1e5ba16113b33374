// What nginxrun answers by itself, beside nginx with one worker and Node's http with send: npm run bench:serve
// Requests per second and p99, start to first byte, memory of idle connections. On a busy machine the numbers mean nothing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { hasWrk, type Load, load } from './load.ts';
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
  writeConfiguration,
} from './servers.ts';

const seconds = 2;
const rounds = 5;
const idle = 10_000;
const scenarios = { 'return 200': '/', 'a file of 1 KB': '/1024', 'a file of 1 MB': '/1048576' };

/** Starts a server and gives it back when it accepts connections. */
type Starter = () => Promise<Running>;

const starters: Readonly<Record<string, Starter>> = {
  ...(nginxVersion && {
    nginx: async () => {
      const port = await freePort();
      return { child: runNginx(`answers-${port}`, configurationFor(port), 1), port: await accepting(port) };
    },
  }),
  nginxrun: async () => {
    const port = await freePort();
    const file = writeConfiguration(`answers-${port}`, configurationFor(port));
    const version = ['--nginx-version', nginxVersion ?? '1.22.1'];
    return { child: start(['bin/nginxrun.js', '-c', file, '-e', 'stderr', ...version], 1), port: await accepting(port) };
  },
  'http + send': async () => {
    const child = start(['.tools/run.mjs', 'bench/serve-node-http.ts', directory], 1);
    return { child, port: Number(await firstLine(child)) };
  },
};

/** One turn of one server. */
interface Turn extends Load {
  /** Processor time of the server for one request. */
  readonly microseconds: number;
}

try {
  built();
  for (const size of [1024, 1_048_576]) writeFileSync(join(directory, String(size)), 'x'.repeat(size));
  const how = `load by ${hasWrk() ? 'wrk' : 'our own client'}, 32 connections, ${rounds} turns of ${seconds} s`;
  console.log(`as nginx ${nginxVersion ?? '1.22.1'}; ${how}; servers ${pinned ? 'pinned to one core' : 'not pinned'}`);
  for (const [title, path] of Object.entries(scenarios)) await compare(title, path);
  await compareStarts();
  await compareIdle();
} finally {
  endAll();
}

function configurationFor(port: number): string {
  const options = 'access_log off; keepalive_requests 1000000000; sendfile on;';
  return `${options}\nserver { listen 127.0.0.1:${port}; root ${directory}; location = / { return 200 "hello\\n"; } location / { } }`;
}

async function compare(title: string, path: string): Promise<void> {
  const servers: [name: string, running: Running][] = [];
  for (const [name, starter] of Object.entries(starters)) servers.push([name, await starter()]);
  for (const [, { port }] of servers) await load(port, path, 1, pin(0));
  const turns = new Map<string, Turn[]>(servers.map(([name]) => [name, []]));
  // In turns, so that whatever else the machine does disturbs all of them alike.
  for (let round = 0; round < rounds; round++) {
    for (const [name, running] of servers) turns.get(name)?.push(await turn(name, running, path));
  }
  for (const [, { child }] of servers) child.kill('SIGKILL');
  console.log(`\n${title.padEnd(16)} requests/s   p99 ms   µs of processor   nginxrun's rate and p99, beside it`);
  const ours = turns.get('nginxrun') ?? [];
  for (const [name, theirs] of turns) {
    const middle = (of: (turn: Turn) => number) => median(theirs.map(of));
    const ratio = (of: (turn: Turn) => number) => median(ours.map((one, at) => of(one) / of(theirs[at] as Turn))).toFixed(2);
    const rate = middle(perSecond).toFixed(0).padStart(10);
    const late = middle(({ p99 }) => p99)
      .toFixed(2)
      .padStart(8);
    const cost = middle(({ microseconds }) => microseconds)
      .toFixed(1)
      .padStart(17);
    const beside = name === 'nginxrun' ? '' : `${ratio(perSecond)} ×, ${ratio(({ p99 }) => p99)} ×`;
    console.log(`${name.padEnd(16)} ${rate} ${late} ${cost}   ${beside}`);
  }
}

function perSecond({ requests, seconds: taken }: Load): number {
  return requests / taken;
}

async function turn(name: string, { child, port }: Running, path: string): Promise<Turn> {
  const before = processorTime(child);
  const result = await load(port, path, seconds, pin(0));
  if (result.failures > 0) console.log(`${name}: ${result.failures} of ${result.requests} requests failed`);
  const microseconds = ((processorTime(child) - before) * 1e6) / Math.max(1, result.requests);
  return { ...result, microseconds };
}

async function compareStarts(): Promise<void> {
  console.log('\nfrom start to the first byte served');
  for (const [name, starter] of Object.entries(starters)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      const { child, port } = await starter();
      const socket = await asked(port);
      times.push(performance.now() - from);
      socket.destroy();
      child.kill('SIGKILL');
    }
    console.log(`${name.padEnd(16)} ${median(times).toFixed(0).padStart(6)} ms`);
  }
}

/** Each connection has had one answer and waits for the next request. */
async function compareIdle(): Promise<void> {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })) || Number.POSITIVE_INFINITY;
  const count = Math.min(idle, limit - 200);
  console.log(`\nmemory of an idle connection, of ${count}`);
  for (const [name, starter] of Object.entries(starters)) {
    const { child, port } = await starter();
    (await asked(port)).destroy();
    const before = residentKilobytes(child.pid);
    const sockets: Socket[] = [];
    while (sockets.length < count) {
      sockets.push(...(await Promise.all(Array.from({ length: Math.min(100, count - sockets.length) }, () => asked(port)))));
    }
    const each = (residentKilobytes(child.pid) - before) / count;
    for (const socket of sockets) socket.destroy();
    child.kill('SIGKILL');
    console.log(`${name.padEnd(16)} ${each.toFixed(2).padStart(6)} KB, ${(before / 1024).toFixed(0)} MB before`);
  }
}

/** A connection that has had its first answer. */
function asked(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: bench\r\n\r\n'));
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
  });
}

function residentKilobytes(pid: number | undefined): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? Number.NaN);
}
