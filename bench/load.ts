import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';

/** Answers per second that a client with some connections gets. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly failures: number;
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
  const wrk = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '-H', `Host: ${host}`, `http://127.0.0.1:${port}${path}`];
  const [command = '', ...args] = [...pin, ...wrk];
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const [, count = '0', time = '1', unit = 's'] = /(\d+) requests in ([\d.]+)(m?s)/.exec(stdout) ?? [];
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? '0';
  return { requests: Number(count), seconds: Number(time) / (unit === 'ms' ? 1000 : 1), failures: Number(bad) };
}

function withSockets(port: number, path: string, seconds: number): Promise<Load> {
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const from = performance.now();
  let requests = 0;
  let failures = 0;
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let text = '';
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (head < 0 || text.length < head + 4 + length) return;
      requests++;
      if (!text.startsWith('HTTP/1.1 200')) failures++;
      text = '';
      socket.write(request);
    });
    socket.on('error', () => failures++);
    return socket;
  });
  return new Promise((resolve) => {
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
      resolve({ requests, seconds: (performance.now() - from) / 1000, failures });
    }, seconds * 1000);
  });
}
