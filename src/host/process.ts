import { spawn } from 'node:child_process';
import type { SystemError } from './host.ts';
import { systemError } from './node-socket.ts';

/** A signal that nginx knows, with its number on Linux. */
export const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15, SIGWINCH: 28 } as const;

/** The name of a signal that nginx knows. */
export type SignalName = keyof typeof signalNumbers;

/** Calls `run` with each signal, and keeps the process alive until then. */
export function onSignals(run: (name: SignalName) => void): void {
  for (const name of Object.keys(signalNumbers) as SignalName[]) process.on(name, () => run(name));
  setInterval(() => {}, 2 ** 30);
}

/** Sends a signal to a process. */
export function sendSignal(pid: number, name: SignalName): SystemError | undefined {
  try {
    process.kill(pid, name);
    return undefined;
  } catch (error) {
    return systemError(error);
  }
}

/** Resolves after so many milliseconds, and keeps the process alive until then. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ends this process at once. */
export function leave(code: number): never {
  process.exit(code);
}

const mark = 'NGINXRUN_DAEMON';

/** True in a process that `startDaemon` started. */
export function isDaemon(): boolean {
  return process.env[mark] !== undefined;
}

/** Hands a line to the process that started this daemon, to be shown to the user. */
export function sayAsDaemon(line: string): void {
  process.send?.({ line });
}

/** Tells the process that started this daemon that it serves. */
export function daemonServes(): void {
  process.send?.({ line: null });
  process.disconnect?.();
}

/**
 * Runs the same command in a session of its own (nginx: ngx_daemon), without this process's streams; `say` gets the
 * lines it hands over. Resolves to 0 when it serves, else to its exit code.
 */
export function startDaemon(say: (line: string) => void): Promise<number> {
  const child = spawn(process.execPath, process.argv.slice(1), {
    detached: true,
    env: { ...process.env, [mark]: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
    child.on('message', ({ line }: { readonly line: string | null }) => {
      if (line !== null) return say(line);
      child.disconnect();
      child.unref();
      resolve(0);
    });
  });
}
