import { performance } from 'node:perf_hooks';
import type { Clock, Host } from './host.ts';
import { createNodeFiles, type VisibleFiles } from './node-files.ts';
import { createNodeNetwork } from './node-network.ts';

export interface NodeHostOptions {
  /** Reach beyond the loopback interface: listen on other addresses, connect to them, ask DNS. Off by default. */
  readonly allowNet?: boolean;
  /** What of the disk may be seen; everything when not given. */
  readonly visible?: VisibleFiles;
}

/** This machine, seen through Node. */
export function createNodeHost({ allowNet = false, visible }: NodeHostOptions = {}): Host {
  return { clock: nodeClock, network: createNodeNetwork(allowNet), files: createNodeFiles(visible), random: Math.random };
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
