import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { type Address, printAddress } from './host.ts';

/*
 * Sockets that listen on while one program follows another (nginx: ngx_exec_new_binary, ngx_add_inherited_sockets). The old
 * process starts the new one with them; a variable of its environment says which is which.
 */

const mark = 'NGINXRUN_LISTENERS';
/** How many streams every process has: the sockets follow them. */
const streams = 3;

/** A socket that listens, by its number in this process. */
export interface OpenListener {
  readonly address: Address;
  readonly fd: number;
}

const parent = process.ppid;
let inherited: Map<string, number> | null = null;
let isHeir = false;

/** Sockets of the old process that nobody here has taken yet, by their addresses. */
function waiting(): Map<string, number> {
  if (inherited) return inherited;
  const names = (process.env[mark] ?? '').split(' ').filter((name) => name !== '');
  delete process.env[mark];
  isHeir = names.length > 0;
  return (inherited = new Map(names.map((name, index) => [decodeURIComponent(name), streams + index])));
}

/** True in a process that has got sockets from an old one. */
export function hasInherited(): boolean {
  waiting();
  return isHeir;
}

/** True while the process that started this one lives: the old one, or a shell. */
export function hasParent(): boolean {
  return process.ppid === parent;
}

/** The number of a socket that listens at an address already; once only. */
export function takeInherited(address: Address): number | undefined {
  const name = printAddress(address);
  const fd = waiting().get(name);
  waiting().delete(name);
  return fd;
}

/** Closes the sockets that the new configuration has no use for. */
export function closeInherited(): void {
  for (const fd of waiting().values()) closeSync(fd);
  waiting().clear();
}

/** Starts this process's own command again, with sockets that listen; returns its number, undefined when it cannot be started. */
export function startSuccessor(listeners: readonly OpenListener[], ended: () => void): number | undefined {
  const names = listeners.map(({ address }) => encodeURIComponent(printAddress(address)));
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, [mark]: names.join(' ') },
    stdio: ['inherit', 'inherit', 'inherit', ...listeners.map(({ fd }) => fd)],
  });
  child.once('error', ended);
  child.once('exit', ended);
  child.unref();
  return child.pid;
}
