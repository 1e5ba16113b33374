import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** An nginx of the system that runs a configuration of ours. */
export interface RealNginx {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  readonly directory: string;
  /** Sends bytes, and resolves to everything that comes back until nginx closes. */
  send(bytes: string): Promise<string>;
  stop(): Promise<void>;
}

/** The version of the nginx that is installed; null when there is none. */
export function installedNginx(): string | null {
  const { stderr, error } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return error ? null : (/nginx\/([\d.]+)/.exec(stderr)?.[1] ?? null);
}

/** Free ports of the loopback interface; somebody else may take them before they are used, but hardly will. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Starts nginx with what stands in `http { }`, `PORT` replaced by a free port of 127.0.0.1. Everything it writes goes to
 * a directory of its own, where `files` are as well. Another program that takes nginx's command line can play it; it is
 * one process unless `processes` say something else.
 */
export async function startRealNginx(
  http: string,
  files: Readonly<Record<string, string>> = {},
  [program = '', ...first]: readonly string[] = ['nginx'],
  processes = 'master_process off;',
): Promise<RealNginx> {
  const directory = mkdtempSync(join(tmpdir(), 'real-nginx-'));
  const [port = 0] = await freePorts(1);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`);
  const main = `daemon off;\n${processes}\npid ${directory}/pid;\nerror_log ${directory}/error.log;\nevents { }\n`;
  const inside = `access_log off;\n${paths.join('\n')}\n${http.replaceAll('PORT', `127.0.0.1:${port}`)}\n`;
  writeFileSync(join(directory, 'nginx.conf'), `${main}http {\n${inside}}\n`);
  const child = spawn(program, [...first, '-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await accepting(port, child);
  const stop = async () => {
    child.kill('SIGQUIT');
    await once(child, 'exit');
    rmSync(directory, { recursive: true, force: true });
  };
  return { port, directory, stop, send: (bytes) => conversation(port, bytes) };
}

function conversation(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

/** Resolves when nginx accepts connections, rejects with what it says when it ends instead. */
async function accepting(port: number, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx did not start: ${said}`);
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (reached) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
