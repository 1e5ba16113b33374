import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inDirectory } from '../support/nginxlint.ts';
import { Nginxrun } from '../support/nginxrun.ts';
import { freePorts } from '../support/real-nginx.ts';

const large = 8 * 1024 * 1024;

/** A server process of its own whose configuration is rewritten. */
class Server {
  readonly ng: Nginxrun;
  readonly cwd: string;
  readonly port: number;

  constructor(cwd: string, port: number) {
    this.cwd = cwd;
    this.port = port;
    this.configure('g0');
    writeFileSync(join(cwd, 'large'), Buffer.alloc(large, 'x'));
    this.ng = new Nginxrun(['-p', `${cwd}/`, '-c', 'nginx.conf', '-e', 'error.log'], cwd);
  }

  configure(word: string, lines = ''): void {
    const listen = `listen 127.0.0.1:${this.port}; keepalive_min_timeout 20s; root ${this.cwd};`;
    const server = `server { ${listen} location / { return 200 ${word}; } location = /large { } }`;
    const main = 'daemon off; pid nginx.pid; error_log error.log notice; events { }';
    writeFileSync(join(this.cwd, 'nginx.conf'), `${main}\nhttp { access_log access.log; ${lines} ${server} }\n`);
  }

  said(text: string): number {
    const log = join(this.cwd, 'error.log');
    return existsSync(log) ? readFileSync(log, 'latin1').split(text).length - 1 : 0;
  }

  async started(): Promise<void> {
    await until(() => existsSync(join(this.cwd, 'nginx.pid')));
  }
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}

/** A client that asks one thing after another, on one connection for as long as the server lets it. */
class Client {
  private readonly port: number;
  private readonly keepsAlive: boolean;
  private socket: Socket | null = null;

  constructor(port: number, keepsAlive: boolean) {
    this.port = port;
    this.keepsAlive = keepsAlive;
  }

  /** The body of the answer; null when the connection was lost before it was there. */
  ask(path: string): Promise<string | null> {
    const socket = (this.socket ??= connect(this.port, '127.0.0.1'));
    let received = '';
    return new Promise((resolve) => {
      const settle = (body: string | null): void => {
        socket.removeAllListeners();
        const stays = body !== null && received.includes('\r\nConnection: keep-alive\r\n');
        if (!stays) {
          socket.on('error', () => {});
          socket.destroy();
          this.socket = null;
        }
        resolve(body);
      };
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        const head = received.indexOf('\r\n\r\n');
        if (head < 0) return;
        const body = received.slice(head + 4);
        const length = /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nContent-Length: (\d+)\r\n/.exec(received)?.[1];
        if (body.length === Number(length)) settle(body);
      });
      socket.on('error', () => settle(null));
      socket.on('close', () => settle(null));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${this.keepsAlive ? '' : 'Connection: close\r\n'}\r\n`);
    });
  }

  close(): void {
    this.socket?.destroy();
  }
}

/** Asks for the large file and stops reading in the middle of it; `rest` resolves to how many bytes came in the end. */
async function slowDownload(port: number): Promise<{ rest(): Promise<number> }> {
  const socket = connect(port, '127.0.0.1');
  let received = 0;
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await new Promise<void>((resolve) => {
    socket.once('data', (chunk) => {
      received += chunk.length;
      socket.pause();
      resolve();
    });
  });
  const rest = (): Promise<number> =>
    new Promise((resolve) => {
      socket.on('data', (chunk) => void (received += chunk.length));
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
      socket.resume();
    });
  return { rest };
}

test('10,000 requests through 50 reloads, none lost, and a line in the log for each', async () => {
  const [port = 0] = await freePorts(1);
  await inDirectory({}, async (cwd) => {
    const server = new Server(cwd, port);
    await server.started();
    const [total, reloads] = [10_000, 50];
    let [asked, lost, generation] = [0, 0, 0];
    const words = new Set<string>();
    const client = async (keepsAlive: boolean): Promise<void> => {
      const one = new Client(port, keepsAlive);
      while (asked < total || generation < reloads) {
        asked++;
        const word = await one.ask('/');
        if (word === null) lost++;
        else words.add(word);
      }
      one.close();
    };
    const reload = async (): Promise<void> => {
      while (generation < reloads) {
        await until(() => asked >= ((generation + 0.5) * total) / reloads);
        server.configure(`g${++generation}`);
        if (generation % 10 === 0) renameSync(join(cwd, 'access.log'), join(cwd, `access.log.${generation}`));
        server.ng.child.kill(generation % 10 === 0 ? 'SIGUSR1' : 'SIGHUP');
        if (generation % 10 === 0) {
          await until(() => existsSync(join(cwd, 'access.log')));
          server.ng.child.kill('SIGHUP');
        }
        await until(() => server.said('start worker process ') === generation + 1);
      }
    };
    const download = await slowDownload(port);
    await Promise.all([reload(), ...[true, true, true, true, true, false, false, false].map(client)]);
    expect(lost).toBe(0);
    expect(words.size).toBeGreaterThan(reloads / 2);
    asked++;
    expect(await new Client(port, false).ask('/')).toBe(`g${reloads}`);
    expect(await download.rest()).toBeGreaterThan(large);
    await until(() => server.said('exited with code 0') === reloads);
    server.ng.child.kill('SIGQUIT');
    expect(await server.ng.exit()).toBe(0);
    const logs = readdirSync(cwd).filter((name) => name.startsWith('access.log'));
    const lines = logs.flatMap((name) => readFileSync(join(cwd, name), 'latin1').split('\n').slice(0, -1));
    expect([logs.length, lines.length]).toEqual([1 + reloads / 10, asked + 1]);
  });
}, 60_000);

test('quit waits for responses that are under way, stop does not', async () => {
  const [port = 0] = await freePorts(1);
  for (const [signal, isWhole] of [
    ['SIGQUIT', true],
    ['SIGTERM', false],
  ] as const) {
    await inDirectory({}, async (cwd) => {
      const server = new Server(cwd, port);
      await server.started();
      const download = await slowDownload(port);
      server.ng.child.kill(signal);
      await until(() => server.said('exiting') > 0 || server.said('gracefully') > 0);
      expect(await new Client(port, false).ask('/')).toBeNull();
      if (isWhole) expect(server.ng.child.exitCode).toBeNull();
      expect((await download.rest()) > large).toBe(isWhole);
      expect(await server.ng.exit()).toBe(0);
      expect(existsSync(join(cwd, 'nginx.pid'))).toBe(false);
    });
  }
}, 60_000);

test.skipIf(!existsSync('/proc/self/fd'))(
  'a reload that fails closes the logs that it has opened; one that works, those of before',
  async () => {
    const [port = 0, taken = 0] = await freePorts(2);
    await inDirectory({}, async (cwd) => {
      const server = new Server(cwd, port);
      await server.started();
      const open = (): string[] => {
        const fds = `/proc/${server.ng.child.pid}/fd`;
        const files = readdirSync(fds).map((fd) => readlinkSync(join(fds, fd)));
        return files
          .filter((file) => file.startsWith(cwd))
          .map((file) => file.slice(cwd.length + 1))
          .sort();
      };
      expect(open()).toEqual(['access.log', 'error.log']);
      const other = createServer().listen(taken, '127.0.0.1');
      await once(other, 'listening');
      server.configure('one', `access_log new.log; server { listen 127.0.0.1:${taken}; }`);
      server.ng.child.kill('SIGHUP');
      await until(() => server.said(`bind() to 127.0.0.1:${taken} failed (98: Address already in use)`) === 1);
      other.close();
      await until(() => !open().includes('new.log'));
      expect(existsSync(join(cwd, 'new.log'))).toBe(true);
      server.configure('two', 'error_log other.log;');
      server.ng.child.kill('SIGHUP');
      await until(() => open().includes('other.log'));
      server.configure('three');
      server.ng.child.kill('SIGHUP');
      await until(() => !open().includes('other.log'));
      expect(open()).toEqual(['access.log', 'error.log']);
      expect(await new Client(port, false).ask('/')).toBe('three');
    });
  },
  60_000,
);
