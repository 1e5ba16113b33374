import type { Clock, Timer } from '../../host/host.ts';

/** Bytes a second, and how many pass before they count. */
export interface Pace {
  readonly rate: number;
  readonly after: number;
}

/** Where paced bytes go, and who is told to wait. */
export interface PacedTarget {
  pass(piece: Buffer): void;
  /** Nobody shall bring more until `letGo`. */
  holdBack(): void;
  letGo(): void;
}

/**
 * Passes bytes on no faster than a pace allows (ngx_http_write_filter, ngx_event_pipe_read_upstream): in each second of the
 * clock as many as the seconds since the beginning allow, and behind each piece a pause as long as the piece takes.
 */
export class Pacer {
  private queue: Buffer[] = [];
  private passed = 0;
  private waits: Timer | null = null;
  private over = false;
  private stopped = false;
  private readonly clock: Clock;
  private readonly pace: Pace;
  private readonly startSecond: number;
  private readonly target: PacedTarget;

  /** `startedAt` is wall-clock time in milliseconds. */
  constructor(clock: Clock, pace: Pace, startedAt: number, target: PacedTarget) {
    this.clock = clock;
    this.pace = pace;
    this.startSecond = Math.floor(startedAt / 1000);
    this.target = target;
  }

  /** Nothing waits to be passed on. */
  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** Takes pieces, which are not changed until they were passed on. */
  take(pieces: readonly Buffer[]): void {
    if (this.stopped) return;
    this.queue.push(...pieces);
    if (!this.waits) this.next();
  }

  /** Counts bytes that have passed by themselves. */
  count(bytes: number): void {
    this.passed += bytes;
    this.wait(this.pauseBehind(0));
  }

  /** Nothing more comes: what is passed on already needs no pause behind it. */
  settle(): void {
    this.over = true;
    if (this.isEmpty) this.stop();
  }

  /** Drops what waits. */
  stop(): void {
    this.stopped = true;
    this.queue = [];
    this.waits?.cancel();
    this.target.letGo();
  }

  private next(): void {
    const { clock, pace } = this;
    const seconds = Math.floor(clock.now() / 1000) - this.startSecond;
    const room = pace.rate * (seconds + 1) - (this.passed - pace.after);
    if (room <= 0) {
      this.wait(Math.floor((-room * 1000) / pace.rate) + 1);
      return;
    }
    const before = this.passed;
    const pieces = this.cut(room);
    const delay = this.pauseBehind(before);
    for (const piece of pieces) this.target.pass(piece);
    if (this.stopped) return;
    if (this.isEmpty && (this.over || delay === 0)) this.target.letGo();
    else this.wait(delay);
  }

  /** How long the bytes behind an offset take, in milliseconds. */
  private pauseBehind(before: number): number {
    const { rate, after } = this.pace;
    const counted = Math.max(0, this.passed - after) - Math.max(0, before - after);
    return Math.floor((counted * 1000) / rate);
  }

  private wait(milliseconds: number): void {
    this.target.holdBack();
    this.waits = this.clock.after(milliseconds, () => {
      this.waits = null;
      if (this.isEmpty) this.target.letGo();
      else this.next();
    });
  }

  /** As much of the queue as there is room for. */
  private cut(room: number): Buffer[] {
    const pieces: Buffer[] = [];
    let left = room;
    for (let piece = this.queue[0]; piece && left > 0; piece = this.queue[0]) {
      pieces.push(piece.subarray(0, left));
      if (piece.length > left) this.queue[0] = piece.subarray(left);
      else this.queue.shift();
      left -= Math.min(left, piece.length);
    }
    this.passed += room - left;
    return pieces;
  }
}
