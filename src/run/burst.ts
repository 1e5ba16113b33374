import type { ClientResponse } from '../runtime/client/exchange.ts';
import type { Event } from '../runtime/events.ts';

/** What came of many requests. */
export interface Burst {
  /** In the order in which they were sent. */
  readonly responses: readonly ClientResponse[];
  /** How many were answered by which peer, by its name as nginx shows it: `web01:80`. */
  readonly spread: Readonly<Record<string, number>>;
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
}

/** Counts who answers requests with one request line. */
export class Tally {
  readonly spread: Record<string, number> = {};

  private seen = 0;
  private check: () => void = () => {};

  constructor(private readonly requestLine: string) {}

  /** Resolves when so many are over: the end of a request comes behind its answer. */
  reached(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.check = () => {
        if (this.seen >= count) resolve();
      };
      this.check();
    });
  }

  readonly take = (event: Event): void => {
    if (event.type !== 'done' || event.requestLine !== this.requestLine) return;
    this.seen++;
    this.check();
    const peer = event.peers.at(-1);
    if (peer && peer.status > 0) this.spread[peer.addr] = (this.spread[peer.addr] ?? 0) + 1;
  };
}

/** Puts answers and what was counted together. */
export function burstOf(responses: readonly ClientResponse[], { spread }: Tally): Burst {
  const statuses: Record<number, number> = {};
  for (const { status } of responses) statuses[status] = (statuses[status] ?? 0) + 1;
  return { responses, spread, statuses };
}
