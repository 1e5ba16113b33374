import type { Host } from './host.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryNetwork } from './memory-network.ts';
import { seededRandom } from './seeded-random.ts';
import { VirtualClock, virtualEpoch } from './virtual-clock.ts';

export interface MemoryHostOptions {
  /** Wall time at the start, in milliseconds since the epoch. */
  readonly epoch?: number;
  /** Chooses the sequence of random numbers. */
  readonly seed?: number;
  readonly hostname?: string;
  readonly pid?: number;
  readonly cpus?: number;
}

/** A whole machine in memory. Nothing happens by chance, and no time passes unless `advance` is called. */
export interface MemoryHost extends Host {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly files: MemoryFiles;
  /** Lets `ms` pass, and everything happen that is due. */
  advance(ms: number): Promise<void>;
  /** Lets everything happen that needs no time to pass. */
  settle(): Promise<void>;
}

/** A host for tests: a loopback network, a clock and files in memory, dice with a seed. */
export function createMemoryHost({
  epoch = virtualEpoch,
  seed = 1,
  hostname = 'localhost',
  pid = 1,
  cpus = 1,
}: MemoryHostOptions = {}): MemoryHost {
  const clock = new VirtualClock(epoch);
  return {
    clock,
    network: new MemoryNetwork(clock),
    files: new MemoryFiles(() => clock.now()),
    hostname,
    pid,
    cpus,
    random: seededRandom(seed),
    advance: (ms) => clock.advance(ms),
    settle: () => clock.settle(),
  };
}
