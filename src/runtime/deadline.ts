import type { Clock, Timer } from '../host/host.ts';

/**
 * A point in time that moves often and is reached rarely. Moving it later or giving it up costs no timer: the one that
 * is set finds out when it fires, and sleeps on for the rest.
 */
export class Deadline {
  private due = Infinity;
  private timer: Timer | null = null;
  private firesAt = Infinity;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly expired: () => void,
  ) {}

  /** From now on `expired` is called in `milliseconds`, whatever was set before. */
  set(milliseconds: number): void {
    this.due = this.clock.monotonic() + milliseconds;
    if (this.firesAt > this.due && !this.stopped) this.arm(milliseconds);
  }

  /** Nothing is waited for; the timer may fire in vain. */
  clear(): void {
    this.due = Infinity;
  }

  /** For good: what is set afterwards never comes. */
  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
    this.timer = null;
  }

  private arm(milliseconds: number): void {
    this.timer?.cancel();
    this.firesAt = this.due;
    this.timer = this.clock.after(milliseconds, this.fire);
  }

  private readonly fire = (): void => {
    this.timer = null;
    this.firesAt = Infinity;
    if (this.due === Infinity) return;
    const left = this.due - this.clock.monotonic();
    // Clocks and timers may disagree by a fraction of a millisecond.
    if (left >= 1) {
      this.arm(left);
      return;
    }
    this.due = Infinity;
    this.expired();
  };
}
