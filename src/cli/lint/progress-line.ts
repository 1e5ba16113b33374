import { milliseconds } from '../../host/clock.ts';
import type { Streams } from '../streams.ts';

/** Shorter work is not talked about. */
const patience = 1000;

/** A terminal is not written to more often. */
const pause = 100;

/** Where long work has got to, on one line of a terminal that is written over and over. */
export interface ProgressLine {
  say(what: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Nothing is shown during the first second, nor where stderr is no terminal. */
export function progressLine({ stderr, env }: Streams, now: () => number = milliseconds): ProgressLine {
  const isShown = stderr.isTTY === true && env.TERM !== 'dumb';
  const start = now();
  let last = -Infinity;
  return {
    say(what) {
      if (!isShown || now() - start < patience || now() - last < pause) return;
      last = now();
      stderr.write(`\r\x1b[K${what} …`);
    },
    clear() {
      if (last > -Infinity) stderr.write('\r\x1b[K');
      last = -Infinity;
    },
  };
}
