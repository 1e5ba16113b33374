import type { ConnectionState, Engine } from '../engine.ts';

/** A connection whose state is counted (nginx: ngx_stat_reading, ngx_stat_writing, ngx_stat_waiting). */
export abstract class CountedConnection {
  readonly engine: Engine;
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
}
