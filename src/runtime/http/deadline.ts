import type { Clock, Timer } from '../../host/host.ts';

/**
 * One deadline that moves often. The timer below it is set rarely: when it goes off too early it sleeps on for the rest.
 */
export class Deadline {
  private at = Infinity;
  private timer: Timer | null = null;
  private firesAt = Infinity;
  private readonly clock: Clock;
  private readonly expired: () => void;

  constructor(clock: Clock, expired: () => void) {
    this.clock = clock;
    this.expired = expired;
  }

  /** Expires after `ms` from now, whatever was set before. */
  set(ms: number): void {
    this.at = this.clock.monotonic() + ms;
    if (this.firesAt > this.at) this.arm(ms);
  }

  clear(): void {
    this.at = Infinity;
  }

  get isSet(): boolean {
    return this.at !== Infinity;
  }

  /** For good. */
  stop(): void {
    this.clear();
    this.timer?.cancel();
    this.timer = null;
    this.firesAt = 0;
  }

  private arm(ms: number): void {
    this.timer?.cancel();
    this.firesAt = this.at;
    this.timer = this.clock.after(ms, this.fire);
  }

  private readonly fire = (): void => {
    this.timer = null;
    this.firesAt = Infinity;
    if (this.at === Infinity) return;
    const left = this.at - this.clock.monotonic();
    if (left > 0) {
      this.arm(left);
      return;
    }
    this.at = Infinity;
    this.expired();
  };
}
