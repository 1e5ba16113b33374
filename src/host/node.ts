import { availableParallelism, hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Clock, Host } from './host.ts';
import { nodeBindings } from './node-bindings.ts';
import { createNodeFiles, type VisibleFiles } from './node-files.ts';
import { createNodeNetwork } from './node-network.ts';

export interface NodeHostOptions {
  /** Reach beyond the loopback interface: listen on other addresses, connect to them, ask DNS. Off by default. */
  readonly allowNet?: boolean;
  /** What of the disk may be seen; everything when not given. */
  readonly visible?: VisibleFiles;
  /** How many times faster time passes than it does; 1 unless given. */
  readonly speed?: number;
  /** Sockets of node:net only, even where this Node lets us go below them. */
  readonly plainSockets?: boolean;
}

/** This machine, seen through Node. */
export function createNodeHost({ allowNet = false, visible, speed = 1, plainSockets = false }: NodeHostOptions = {}): Host {
  const clock = speed === 1 ? nodeClock : fasterClock(speed);
  const network = createNodeNetwork(allowNet, plainSockets ? null : nodeBindings());
  return {
    clock,
    network,
    files: createNodeFiles(visible),
    hostname: hostname(),
    pid: process.pid,
    cpus: availableParallelism(),
    random: Math.random,
  };
}

const nodeClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return { cancel: () => clearTimeout(timer) };
  },
  soon: (run) => void setImmediate(run),
};

/** For those who will not wait: the same machine on which everything takes a fraction of its time. */
function fasterClock(speed: number): Clock {
  const start = Date.now();
  const monotonic = () => performance.now() * speed;
  const origin = monotonic();
  return {
    now: () => Math.floor(start + monotonic() - origin),
    monotonic,
    after: (ms, run) => nodeClock.after(ms / speed, run),
    soon: nodeClock.soon,
  };
}
