import type { Socket } from '../../host/host.ts';
import type { ConnectionState, Engine } from '../engine.ts';

/** A connection whose state is counted, and that may be held back (nginx: ngx_stat_reading, ngx_stat_writing, ngx_stat_waiting). */
export abstract class CountedConnection {
  readonly engine: Engine;
  readonly socket: Socket;
  /** Nothing is read. */
  protected paused = false;
  /** The socket takes no more. */
  protected full = false;
  /** Its response is too fast. */
  protected held = false;
  private current: ConnectionState | 'closed' = 'idle';

  constructor(engine: Engine, socket: Socket) {
    this.engine = engine;
    this.socket = socket;
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

  protected pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  protected resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.socket.resume();
  }

  /** Tells who waits that there is room. */
  protected abstract goAhead(): void;
}
