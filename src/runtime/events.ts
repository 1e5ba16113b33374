import type { ConfigDirective } from '../config/config-tree.ts';

/*
 * The engine's decisions, as data. `explain`, the request log, tests and the dashboard read them; there is no second
 * interpreter. While nobody listens an event costs one comparison: `if (events.listener) events.listener({ … })`.
 */

export type Event =
  | { readonly type: 'request'; readonly id: number; readonly client: string; readonly requestLine: string }
  | {
      readonly type: 'server';
      readonly id: number;
      readonly name: string;
      readonly how: 'exact' | 'wildcard' | 'regex' | 'default';
      readonly at: ConfigDirective | null;
    }
  | {
      readonly type: 'location';
      readonly id: number;
      readonly location: string;
      readonly how: 'exact' | 'prefix' | 'regex' | 'named' | 'none';
      readonly at: ConfigDirective | null;
    }
  | {
      readonly type: 'peer-chosen';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
      readonly method: string;
    }
  | {
      readonly type: 'peer-skipped';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
      readonly reason: SkipReason;
    }
  | {
      readonly type: 'peer-failed';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
      readonly reason: string;
      readonly next: boolean;
    }
  | {
      /** A peer's failures have reached max_fails: it is left out for its fail_timeout. */
      readonly type: 'peer-disabled';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
    }
  | {
      /** The head of an answer that is passed on. */
      readonly type: 'peer-answered';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
      readonly status: number;
      readonly method: string;
      /** The request's Cookie, as received; '' when it has none. */
      readonly cookie: string;
      /** Set-Cookie fields that the client may see, as sent. */
      readonly setCookies: readonly string[];
    }
  | { readonly type: 'no-peer'; readonly id: number; readonly upstream: string }
  | {
      readonly type: 'check';
      readonly upstream: string;
      readonly peer: string;
      readonly alive: boolean;
      readonly rise: number;
      readonly fall: number;
      readonly reason: string;
    }
  | { readonly type: 'check-state'; readonly upstream: string; readonly peer: string; readonly up: boolean }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly status: number;
      readonly bytes: number;
      readonly milliseconds: number;
      readonly server: string;
      readonly location: string;
      readonly upstream: string;
      readonly peers: readonly { readonly addr: string; readonly status: number; readonly milliseconds: number }[];
      readonly client: string;
      readonly requestLine: string;
    };

/** Why a balancer passed over a peer. */
export type SkipReason = 'tried' | 'down' | 'check-down' | 'failed' | 'max_conns';

/** Where events go; null while nobody listens. */
export interface Events {
  listener: ((event: Event) => void) | null;
}
