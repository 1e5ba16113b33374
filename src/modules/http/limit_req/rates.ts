import { SlabPages } from '../../../runtime/zones.ts';

/** A key's account: thousandths of a request above the rate, as of `last`. */
interface Account {
  excess: number;
  last: number;
}

/** How far above its rate a request is; `busy` when that is more than its burst, `full` when there is no memory for it. */
export interface Lookup {
  readonly outcome: 'counted' | 'noted' | 'busy' | 'full';
  readonly excess: number;
}

const idle = 60_000;
const ownSize = 80;

/** The requests of each key, in a zone of shared memory (nginx: ngx_http_limit_req_shctx_t); the oldest comes first. */
export class Rates {
  private readonly accounts = new Map<string, Account>();
  private readonly pages: SlabPages;

  constructor(size: number, name: string) {
    this.pages = new SlabPages(size, ownSize, name.length + 24);
  }

  /** Judges one request more; the last limit of a list counts it at once, the others by `count` (ngx_http_limit_req_lookup). */
  lookup(key: string, now: number, limit: { readonly rate: number; readonly burst: number }, isLast: boolean): Lookup {
    const account = this.accounts.get(key);
    if (!account) return this.add(key, now, limit.rate, isLast);
    this.accounts.delete(key);
    this.accounts.set(key, account);
    const excess = excessOf(account, now, limit.rate);
    if (excess > limit.burst) return { outcome: 'busy', excess };
    if (!isLast) return { outcome: 'noted', excess };
    settle(account, now, excess);
    return { outcome: 'counted', excess };
  }

  /** Counts a request that was only noted; says how far above the rate it is (ngx_http_limit_req_account). */
  count(key: string, now: number, rate: number): number {
    const account = this.accounts.get(key);
    if (!account) return 0;
    const excess = excessOf(account, now, rate);
    settle(account, now, excess);
    return excess;
  }

  private add(key: string, now: number, rate: number, isLast: boolean): Lookup {
    const size = ownSize + key.length;
    this.expire(now, rate, 1);
    if (!this.pages.take(size)) {
      this.expire(now, rate, 0);
      if (!this.pages.take(size)) return { outcome: 'full', excess: 0 };
    }
    this.accounts.set(key, { excess: 0, last: isLast ? now : -Infinity });
    return { outcome: isLast ? 'counted' : 'noted', excess: 0 };
  }

  /** Forgets up to two keys that owe nothing; with `from` 0 the oldest too, whatever it owes (ngx_http_limit_req_expire). */
  private expire(now: number, rate: number, from: 0 | 1): void {
    for (let turn: number = from; turn < 3; turn++) {
      const oldest = this.accounts.entries().next().value;
      if (!oldest) return;
      const [key, { excess, last }] = oldest;
      const since = Math.abs(now - last);
      if (turn > 0 && (since < idle || excess - Math.floor((rate * since) / 1000) > 0)) return;
      this.accounts.delete(key);
      this.pages.give(ownSize + key.length);
    }
  }
}

/** A clock that was set back by more than a minute counts as one millisecond. */
function elapsed({ last }: Account, now: number): number {
  const since = now - last;
  return since < -idle ? 1 : Math.max(0, since);
}

function excessOf(account: Account, now: number, rate: number): number {
  return Math.max(0, account.excess - Math.floor((rate * elapsed(account, now)) / 1000) + 1000);
}

function settle(account: Account, now: number, excess: number): void {
  if (elapsed(account, now) > 0) account.last = now;
  account.excess = excess;
}
