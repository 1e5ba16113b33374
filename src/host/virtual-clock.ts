import type { Clock, Timer } from './host.ts';

interface VirtualTimer extends Timer {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** Where the virtual wall clock starts unless told otherwise: Wed, 01 Jan 2025 00:00:00 GMT. */
export const virtualEpoch = Date.UTC(2025, 0, 1);

// Taken once, so that a test framework's fake timers don't stop the pump.
const realSoon = setImmediate;

/**
 * A clock that stands still until told to advance. What is due `soon` runs by itself, one batch a turn, so that
 * requests which wait for nothing but each other finish without advancing.
 */
export class VirtualClock implements Clock {
  #elapsed = 0;
  #order = 0;
  #pumping = false;
  #queue: (() => void)[] = [];
  #advancing: Promise<void> = Promise.resolve();
  /** By due time, then by the order in which they were set; the next one is last. */
  readonly #timers: VirtualTimer[] = [];

  constructor(readonly epoch: number = virtualEpoch) {}

  now(): number {
    return this.epoch + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, run: () => void): Timer {
    const timer: VirtualTimer = {
      due: this.#elapsed + Math.max(1, Math.ceil(ms)),
      order: this.#order++,
      run,
      cancel: () => this.#cancel(timer),
    };
    this.#timers.splice(this.#placeOf(timer), 0, timer);
    return timer;
  }

  soon(run: () => void): void {
    this.#queue.push(run);
    this.#pump();
  }

  /** Waits until nothing is left to do at this moment: no task due `soon`, no promise job. */
  async settle(): Promise<void> {
    do await new Promise<void>((resolve) => realSoon(resolve));
    while (this.#queue.length > 0 || this.#pumping);
  }

  /** Lets time pass: timers run in order, each at its own moment, and everything settles between two of them. */
  advance(ms: number): Promise<void> {
    const advanced = this.#advancing.then(() => this.#advanceTo(this.#elapsed + ms));
    this.#advancing = advanced.catch(() => undefined);
    return advanced;
  }

  async #advanceTo(until: number): Promise<void> {
    await this.settle();
    for (let timer = this.#timers.at(-1); timer && timer.due <= until; timer = this.#timers.at(-1)) {
      this.#timers.pop();
      this.#elapsed = Math.max(this.#elapsed, timer.due);
      timer.run();
      await this.settle();
    }
    this.#elapsed = Math.max(this.#elapsed, until);
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    realSoon(() => {
      const batch = this.#queue;
      this.#queue = [];
      this.#pumping = false;
      for (const [index, run] of batch.entries()) {
        try {
          run();
        } catch (error) {
          this.#queue = [...batch.slice(index + 1), ...this.#queue];
          if (this.#queue.length > 0) this.#pump();
          throw error;
        }
      }
    });
  }

  #cancel(timer: VirtualTimer): void {
    const index = this.#placeOf(timer);
    if (this.#timers[index] === timer) this.#timers.splice(index, 1);
  }

  /** The first place whose timer does not run later than `timer`. */
  #placeOf(timer: VirtualTimer): number {
    let from = 0;
    let to = this.#timers.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (later(this.#timers[middle] as VirtualTimer, timer)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

function later(a: VirtualTimer, b: VirtualTimer): boolean {
  return a.due > b.due || (a.due === b.due && a.order > b.order);
}
