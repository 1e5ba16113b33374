import type { ConfigDirective } from '../config/config-tree.ts';
import type { Looked } from '../model/routes/location-search.ts';
import type { HowChosen } from '../model/routes/server-names.ts';

/*
 * The engine's decisions, as data. `explain`, the request log, tests and the dashboard read them; there is no second
 * interpreter. While nobody listens an event costs one comparison: `if (events.listener) events.listener({ … })`.
 */

export type Event =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly client: string;
      readonly requestLine: string;
      readonly host: string;
      /** As received, with arguments. */
      readonly received: string;
      /** Decoded and normalised, without arguments. */
      readonly uri: string;
      readonly args: string;
    }
  | {
      readonly type: 'server';
      readonly id: number;
      readonly name: string;
      readonly how: HowChosen;
      readonly at: ConfigDirective | null;
      /** The other servers of the address that would answer for the host, the next in line first. */
      readonly beats: readonly { readonly name: string; readonly how: HowChosen; readonly at: ConfigDirective | null }[];
    }
  | {
      /** A search for a location: what it looked at, in its order. The `location` event follows. */
      readonly type: 'search';
      readonly id: number;
      readonly uri: string;
      readonly server: ConfigDirective | null;
      readonly tried: readonly TriedLocation[];
    }
  | {
      readonly type: 'location';
      readonly id: number;
      readonly location: string;
      readonly how: 'exact' | 'prefix' | 'regex' | 'named' | 'none';
      readonly at: ConfigDirective | null;
    }
  | {
      /** A `rewrite`: whether its expression matches, and what the URI is then; a redirect's target is in `redirect`. */
      readonly type: 'rewrite';
      readonly id: number;
      readonly at: ConfigDirective;
      readonly matches: boolean;
      readonly from: string;
      readonly uri: string;
      readonly args: string;
      readonly redirect: string | null;
    }
  | { readonly type: 'if'; readonly id: number; readonly at: ConfigDirective; readonly holds: boolean }
  | {
      readonly type: 'set';
      readonly id: number;
      readonly at: ConfigDirective;
      readonly name: string;
      readonly value: string;
    }
  | {
      /** A `return`; `text` is the body, or where a redirect leads. */
      readonly type: 'return';
      readonly id: number;
      readonly at: ConfigDirective;
      readonly status: number;
      readonly text: string;
    }
  | {
      /** The `allow` or `deny` that decided; null when none fitted. */
      readonly type: 'access-rule';
      readonly id: number;
      readonly at: ConfigDirective | null;
      readonly allows: boolean;
    }
  | {
      /** What a module says in a phase before the content: `ok` lets in or ends the phase, a number is a status. */
      readonly type: 'verdict';
      readonly id: number;
      readonly phase: PhaseName;
      readonly module: string;
      readonly verdict: 'ok' | 'done' | number;
      /** The module's first directive that is in force. */
      readonly at: ConfigDirective | null;
    }
  | {
      /** One argument of `try_files`; the last one is taken where the others were not found. */
      readonly type: 'try-file';
      readonly id: number;
      readonly at: ConfigDirective | null;
      readonly path: string;
      readonly found: boolean;
    }
  | {
      readonly type: 'error-page';
      readonly id: number;
      readonly at: ConfigDirective | null;
      readonly status: number;
      readonly target: string;
    }
  | { readonly type: 'internal-redirect'; readonly id: number; readonly to: string; readonly args: string }
  | {
      /** The module that answers; `file` is what the URI stands for when files are looked at. */
      readonly type: 'content';
      readonly id: number;
      readonly module: string;
      readonly file: string | null;
      readonly location: ConfigDirective | null;
    }
  | {
      /** An upstream is asked; the peers that are tried follow, each with an event of its own. */
      readonly type: 'upstream';
      readonly id: number;
      readonly upstream: string;
      readonly method: string;
      /** The balancer's key, bytes: `''` where it has none. */
      readonly key: string;
      /** For a subrequest (auth_request, mirror, ssi). */
      readonly subrequest: boolean;
      readonly failover: Failover;
    }
  | {
      /** The bytes that go upstream: the head, or what a gateway's protocol has in its place; `body` is the length of what is there of the body by then. */
      readonly type: 'upstream-request';
      readonly id: number;
      readonly upstream: string;
      readonly peer: string;
      readonly scheme: string;
      readonly head: string;
      readonly body: number;
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

/** The phases in which modules have a say before the content. */
export type PhaseName = 'post-read' | 'server-rewrite' | 'rewrite' | 'preaccess' | 'access' | 'precontent';

/** A location that a search looked at, and what that said; the one that is used comes last. */
export interface TriedLocation {
  readonly at: ConfigDirective | null;
  readonly outcome: Looked;
}

/** What happens when a peer fails. */
export interface Failover {
  /** The peers that would be tried, the first one included, if each failed. */
  readonly order: readonly string[];
  /** What `…_next_upstream` names: `error`, `timeout`, `http_502`. */
  readonly reasons: readonly string[];
  /** How many peers are tried at most, and for how many milliseconds; 0 for no limit. */
  readonly tries: number;
  readonly timeout: number;
  readonly connectTimeout: number;
  readonly sendTimeout: number;
  readonly readTimeout: number;
}

/** Why a balancer passed over a peer. */
export type SkipReason = 'tried' | 'down' | 'check-down' | 'failed' | 'max_conns';

/** Where events go; null while nobody listens. */
export interface Events {
  listener: ((event: Event) => void) | null;
  /** Where those go that cost something to make: `search` and what follows it up to `upstream-request`; null while nobody asks why. */
  detail: ((event: Event) => void) | null;
}
