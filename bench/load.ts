import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';

/** Answers per second that a client with some connections gets. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly failures: number;
  /** Of a hundred answers, 99 come in at most so many milliseconds. */
  readonly p99: number;
}

const connections = 32;
const host = 'www.oldboy.com';

/** Asks a server over and over, with wrk where it is installed and a small client of our own elsewhere. */
export async function load(port: number, path: string, seconds: number, pin: readonly string[]): Promise<Load> {
  return hasWrk() ? withWrk(port, path, seconds, pin) : withSockets(port, path, seconds);
}

/** True when the real loader is there. */
export function hasWrk(): boolean {
  return spawnSync('wrk', ['-v']).error === undefined;
}

function withWrk(port: number, path: string, seconds: number, pin: readonly string[]): Load {
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-H', `Host: ${host}`];
  const [command = '', ...args] = [...pin, 'wrk', ...options, `http://127.0.0.1:${port}${path}`];
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const [, count = '0', time = '1', unit = 's'] = /(\d+) requests in ([\d.]+)(m?s)/.exec(stdout) ?? [];
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? '0';
  const [, late = 'NaN', lateUnit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  const p99 = Number(late) * ({ us: 0.001, ms: 1, s: 1000 }[lateUnit] ?? Number.NaN);
  return { requests: Number(count), seconds: Number(time) / (unit === 'ms' ? 1000 : 1), failures: Number(bad), p99 };
}

/** One of our own connections: what is missing of its answer, and since when. */
interface Waiting {
  head: string;
  missing: number;
  since: number;
}

function withSockets(port: number, path: string, seconds: number): Promise<Load> {
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const from = performance.now();
  const times: number[] = [];
  let failures = 0;
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const waiting: Waiting = { head: '', missing: -1, since: 0 };
    const ask = () => {
      Object.assign(waiting, { head: '', missing: -1, since: performance.now() });
      socket.write(request);
    };
    socket.on('connect', ask);
    socket.on('data', (chunk) => {
      if (!isWhole(waiting, chunk)) return;
      times.push(performance.now() - waiting.since);
      if (!waiting.head.startsWith('HTTP/1.1 200')) failures++;
      ask();
    });
    socket.on('error', () => failures++);
    return socket;
  });
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
      const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
      resolve({ requests: times.length, seconds: (performance.now() - from) / 1000, failures, p99 });
    }, seconds * 1000);
  });
}

/** Takes a piece of an answer; true when it is the last one. */
function isWhole(waiting: Waiting, chunk: Buffer): boolean {
  if (waiting.missing >= 0) {
    waiting.missing -= chunk.length;
    return waiting.missing <= 0;
  }
  waiting.head += chunk.toString('latin1');
  const end = waiting.head.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(waiting.head)?.[1] ?? 0);
  waiting.missing = end + 4 + length - waiting.head.length;
  return waiting.missing <= 0;
}
