import type { ConnectionState, Engine } from '../engine.ts';

/** A connection whose state is counted, and that may be held back (nginx: ngx_stat_reading, ngx_stat_writing, ngx_stat_waiting). */
export abstract class CountedConnection {
  readonly engine: Engine;
  /** The socket takes no more. */
  protected full = false;
  /** Its response is too fast. */
  protected held = false;
  private current: ConnectionState | 'closed' = 'idle';

  constructor(engine: Engine) {
    this.engine = engine;
    engine.states.idle++;
  }

  get state(): ConnectionState | 'closed' {
    return this.current;
  }

  set state(next: ConnectionState | 'closed') {
    const { states } = this.engine;
    if (this.current !== 'closed') states[this.current]--;
    if (next !== 'closed') states[next]++;
    this.current = next;
  }

  /** Nobody shall write now. */
  get blocked(): boolean {
    return this.full || this.held;
  }

  holdBack(): void {
    this.held = true;
  }

  letGo(): void {
    if (!this.held) return;
    this.held = false;
    if (!this.full) this.goAhead();
  }

  /** Tells who waits that there is room. */
  protected abstract goAhead(): void;
}
