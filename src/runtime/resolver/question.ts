import type { Clock, Timer } from '../../host/host.ts';
import { failure, type Known, type Resolution, timedOut } from './resolution.ts';

/** A lookup that runs. */
export interface Lookup {
  /** Nobody wants to know any more. */
  cancel(): void;
}

/** One question of a name, on its way. */
export interface Query {
  readonly type: number;
  readonly ident: number;
  readonly bytes: Buffer;
  overTcp: boolean;
  /** Addresses that were answered; null until then. */
  addresses: readonly string[] | null;
}

/** A name that is being asked for (nginx: ngx_resolver_node_t while somebody waits). */
export class Question {
  waiting: Waiter[] = [];
  /** Sends it again; set as long as it is pending. */
  timer: Timer | null = null;
  /** The first error among the answers. */
  code = 0;
  ttl = 2 ** 32 - 1;

  constructor(
    readonly name: string,
    readonly queries: readonly Query[],
    /** The server that is asked, by its place. */
    public server: number,
  ) {}

  /** True when every query but this one is answered. */
  isLast(query: Query): boolean {
    return this.queries.every((other) => other === query || other.addresses !== null);
  }

  wait(waiters: readonly Waiter[]): void {
    for (const waiter of waiters) waiter.question = this;
    this.waiting = [...waiters, ...this.waiting];
  }

  /** Everybody who waits, who now does no more. */
  release(): Waiter[] {
    const { waiting } = this;
    this.waiting = [];
    for (const waiter of waiting) waiter.question = null;
    return waiting;
  }
}

/** Somebody who waits for a name (nginx: ngx_resolver_ctx_t). */
export class Waiter implements Lookup {
  question: Question | null = null;
  /** Aliases followed so far. */
  recursion = 0;
  /** Lookups of a service's hosts. */
  targets: Lookup[] = [];
  private timer: Timer | null = null;
  private over = false;

  constructor(
    readonly isService: boolean,
    /** Milliseconds; 0 for no limit. */
    readonly timeout: number,
    private readonly done: (resolution: Resolution) => void,
  ) {}

  /** ngx_resolver_set_timeout */
  limit(clock: Clock): void {
    if (this.timer || this.over || this.timeout === 0) return;
    this.timer = clock.after(this.timeout, () => {
      this.leave();
      this.finish(failure(timedOut, 0));
    });
  }

  /** From here on other lookups, with times of their own, are waited for. */
  unlimit(): void {
    this.timer?.cancel();
    this.timer = null;
  }

  finish(resolution: Resolution): void {
    if (this.over) return;
    this.end();
    this.done(resolution);
  }

  cancel(): void {
    if (this.over) return;
    this.end();
    this.leave();
    for (const target of this.targets) target.cancel();
  }

  private end(): void {
    this.over = true;
    this.unlimit();
  }

  private leave(): void {
    if (this.question) this.question.waiting = this.question.waiting.filter((other) => other !== this);
    this.question = null;
  }
}

/** Names, or services, that were asked for or are being asked for. */
export class NameTable {
  readonly pending = new Map<string, Question>();
  /** What was used least recently comes first. */
  private readonly known = new Map<string, Known>();

  /** What is known and still counts; keeps it for some time longer. */
  find(name: string, seconds: number, expires: number): Known | undefined {
    const known = this.known.get(name);
    if (!known || known.valid < seconds) return undefined;
    this.known.delete(name);
    this.keep(name, known, expires);
    return known;
  }

  keep(name: string, known: Known, expires: number): void {
    known.expires = expires;
    this.known.set(name, known);
  }

  forget(name: string): void {
    this.known.delete(name);
  }

  /** Forgets two names at most that nobody has asked for in a while (ngx_resolver_expire). */
  expire(seconds: number): void {
    let left = 2;
    for (const [name, { expires }] of this.known) {
      if (left-- === 0 || seconds <= expires) return;
      this.known.delete(name);
    }
  }
}
