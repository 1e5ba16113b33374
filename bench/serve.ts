// Processor time, p99 and memory for proxied requests on nginxrun, beside nginx and HAProxy with one worker or thread and
// beside proxies for Node: npm run bench:serve. Some of it only: node .tools/run.mjs bench/serve.ts return keep 16k
// BENCH_ROUNDS and BENCH_SECONDS say how many turns there are and how long each is: a million requests take some minutes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasWrk, load } from './load.ts';
import { type Mode, proxiesFor } from './proxies.ts';
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
  residentMemory,
  runNginx,
  start,
} from './servers.ts';

const warmUp = 1;
const measured = Number(process.env.BENCH_SECONDS ?? 1);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** What is asked for, of whom. */
interface Scenario {
  readonly title: string;
  readonly mode: Mode;
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
  /** Of a hundred answers, 99 come in at most so many milliseconds. */
  readonly p99: number;
  /** Megabytes it has in memory after the turn. */
  readonly memory: number;
  readonly requests: number;
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
  for (const [name, begin] of proxiesFor(mode)) proxies.push([name, await begin(mode, ports)]);
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
    const faster = median(ours.map(({ perSecond }, turn) => perSecond / (theirs[turn]?.perSecond ?? Number.NaN)));
    const [rate, cost, late] = (['perSecond', 'microseconds', 'p99'] as const).map((what) =>
      median(theirs.map((turn) => turn[what])),
    );
    const beside = name === 'nginxrun' ? '' : `   nginxrun uses ${ratio.toFixed(2)} ×, answers ${faster.toFixed(2)} × as many`;
    console.log(
      `${name.padEnd(19)} ${cost?.toFixed(1).padStart(7)} µs of processor each, ${rate?.toFixed(0).padStart(7)} requests/s, p99 ${late?.toFixed(2).padStart(7)} ms${beside}`,
    );
    console.log(`${''.padEnd(19)} ${memoryOverTime(theirs)}`);
  }
}

/** Memory at ten moments at most. */
function memoryOverTime(turns: readonly Turn[]): string {
  const every = Math.ceil(turns.length / 10);
  const shown = turns.filter((_, turn) => turn % every === 0 || turn === turns.length - 1);
  const total = turns.reduce((sum, { requests }) => sum + requests, 0);
  return `in memory ${shown.map(({ memory }) => memory.toFixed(0)).join(' ')} MB over ${total} requests`;
}

async function measure(name: string, { child, port }: Running, path: string): Promise<Turn> {
  const before = processorTime(child);
  const { requests, seconds, failures, p99 } = await load(port, path, measured, pin(0));
  const used = processorTime(child) - before;
  if (failures > 0) console.log(`${name}: ${failures} of ${requests} requests failed`);
  const microseconds = (used * 1e6) / Math.max(1, requests);
  return { perSecond: requests / seconds, microseconds, p99, memory: residentMemory(child), requests };
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
