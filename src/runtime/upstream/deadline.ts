import type { Clock, Timer } from '../../host/host.ts';

/**
 * A point in time that moves often and is reached rarely. Moving it later or giving it up costs no timer: the one that
 * is set finds out when it fires.
 */
export class Deadline {
  private due = Number.POSITIVE_INFINITY;
  private timer: Timer | null = null;
  private firesAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly expired: () => void,
  ) {}

  /** From now on `expired` is called in `milliseconds`. */
  set(milliseconds: number): void {
    const now = this.clock.monotonic();
    this.due = now + milliseconds;
    if (this.timer && this.firesAt <= this.due) return;
    this.timer?.cancel();
    this.arm(milliseconds);
  }

  /** Nothing is waited for; the timer may fire in vain. */
  clear(): void {
    this.due = Number.POSITIVE_INFINITY;
  }

  /** Cancels the timer too. */
  stop(): void {
    this.clear();
    this.timer?.cancel();
    this.timer = null;
  }

  private arm(milliseconds: number): void {
    this.firesAt = this.clock.monotonic() + milliseconds;
    this.timer = this.clock.after(milliseconds, this.fire);
  }

  private readonly fire = (): void => {
    this.timer = null;
    if (this.due === Number.POSITIVE_INFINITY) return;
    const left = this.due - this.clock.monotonic();
    // Clocks and timers may disagree by a fraction of a millisecond.
    if (left >= 1) this.arm(left);
    else {
      this.due = Number.POSITIVE_INFINITY;
      this.expired();
    }
  };
}
