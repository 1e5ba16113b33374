import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A program that a test has started. */
export interface RealProgram {
  /** Ends it without waiting for what it does; those it has started end with it. */
  kill(): Promise<void>;
}

/** Starts a program, and resolves when it accepts connections at a port of 127.0.0.1; rejects with what it says when it ends instead. */
export async function startProgram(path: string, args: readonly string[], port: number): Promise<RealProgram> {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  while (!(await accepts(port))) if (child.exitCode !== null) throw new Error(`${path} did not start: ${said}`);
  return { kill: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => setImmediate(resolve, false));
  });
}
