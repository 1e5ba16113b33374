// Processes that benches measure, each on its own core and all ended with the bench.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const children: ChildProcess[] = [];

/** Where a bench writes; it goes with the bench. */
export const directory = mkdtempSync(join(tmpdir(), 'bench-serve-'));

/** True where processes can be bound to a core. */
export const pinned = spawnSync('taskset', ['-V']).error === undefined;

/** The nginx that is installed, whose behaviour nginxrun plays: newer releases keep connections to backends by default. */
export const nginxVersion = /nginx\/([\d.]+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '')?.[1];

/** What stands before a command that is to run on one core. */
export function pin(core: number): string[] {
  return pinned ? ['taskset', '-c', String(core)] : [];
}

/** A server and where it listens on 127.0.0.1. */
export interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Ends all processes and takes the directory away. */
export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
}

/** Builds what is measured when it was never built. */
export function built(): void {
  if (!existsSync('dist/nginxrun.cjs')) execFileSync(process.execPath, ['.tools/build.mjs'], { stdio: 'inherit' });
}

/** Seconds of processor that a process has used; NaN where /proc does not tell. */
export function processorTime({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes that a process has in memory; NaN where /proc does not tell. */
export function residentMemory({ pid }: ChildProcess): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** A configuration of one worker in nginx's own form; its name. */
export function writeConfiguration(name: string, http: string): string {
  const file = join(directory, `nginx-${name}.conf`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${directory}/${kind};`);
  const main = `daemon off;\nmaster_process off;\npid ${directory}/${name}.pid;\nerror_log stderr crit;\nevents { worker_connections 20000; }\n`;
  writeFileSync(file, `${main}http {\n${temporary.join('\n')}\n${http}\n}\n`);
  return file;
}

/** An nginx with one worker. */
export function runNginx(name: string, http: string, core: number): ChildProcess {
  return launched([...pin(core), 'nginx', '-c', writeConfiguration(name, http)], 'ignore');
}

/** Node with arguments; its standard output can be read. */
export function start(args: readonly string[], core: number): ChildProcess {
  return launched([...pin(core), process.execPath, ...args], 'pipe');
}

/** A program whose output is read or thrown away; it ends with the bench. */
export function launched([command = '', ...args]: readonly string[], output: 'ignore' | 'pipe'): ChildProcess {
  const child = spawn(command, args, { env, stdio: ['ignore', output, output === 'pipe' ? 'inherit' : 'ignore'] });
  children.push(child);
  return child;
}

/** What a process writes first. */
export async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = (await once(stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return chunk.toString().trim();
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until something accepts connections there; not longer than ten seconds. */
export async function accepting(port: number): Promise<number> {
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

/** The entry in the middle. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
