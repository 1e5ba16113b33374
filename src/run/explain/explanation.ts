import type { Failover, SkipReason } from '../../runtime/events.ts';

/*
 * What became of a request, and why. The shape is stable: a reader of version 1 meets further fields and kinds, never
 * others in their place. docs/nginxrun-explain.schema.json describes it.
 */

/** Where a line is; nulls for what no file says. */
export interface Written {
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
}

/** A server, and which way it was chosen. */
export interface ChosenServer extends Written {
  /** Its first name. */
  readonly name: string;
  readonly how: 'exact' | 'wildcard' | 'regex' | 'default';
}

/** A location, as it is written: `location ~ \.php$`. */
export interface NamedLocation extends Written {
  readonly location: string;
}

/** One decision, in the order in which they were made. */
export type Step =
  | {
      /** A location is searched for; `location` is null where the server's own level answers. */
      readonly kind: 'search';
      readonly uri: string;
      readonly tried: readonly (NamedLocation & {
        readonly outcome: 'exact' | 'slash' | 'longest' | 'final' | 'match' | 'no';
      })[];
      readonly location: NamedLocation | null;
    }
  | { readonly kind: 'named-location'; readonly location: NamedLocation }
  | (Written & {
      readonly kind: 'rewrite';
      /** The directive, as it is written. */
      readonly text: string;
      readonly matches: boolean;
      readonly from: string;
      readonly uri: string;
      readonly args: string;
      readonly redirect: string | null;
    })
  | (Written & { readonly kind: 'if'; readonly text: string; readonly holds: boolean })
  | (Written & { readonly kind: 'set'; readonly text: string; readonly value: string })
  | (Written & { readonly kind: 'return'; readonly status: number; readonly text: string })
  /** The rule that decided; `text` is null when there are rules, and none fits: that lets in. */
  | (Written & { readonly kind: 'access-rule'; readonly text: string | null; readonly allows: boolean })
  | (Written & {
      readonly kind: 'verdict';
      readonly phase: string;
      readonly module: string;
      readonly verdict: 'ok' | 'done' | number;
    })
  | (Written & { readonly kind: 'try-file'; readonly path: string; readonly found: boolean })
  | (Written & { readonly kind: 'error-page'; readonly status: number; readonly target: string })
  | { readonly kind: 'internal-redirect'; readonly to: string; readonly args: string }
  | { readonly kind: 'content'; readonly module: string; readonly file: string | null };

/** An upstream that was asked. */
export interface AskedUpstream {
  readonly name: string;
  readonly method: string;
  /** What the method computes with: a network for ip_hash, a text for hash; '' for others. */
  readonly key: string;
  /** True for a subrequest (auth_request, mirror, ssi). */
  readonly subrequest: boolean;
  readonly failover: Failover;
}

/** One peer that was tried. */
export interface Attempt {
  readonly upstream: string;
  /** Null when no peer was left. */
  readonly peer: string | null;
  /** Those that were passed over for it. */
  readonly skipped: readonly { readonly peer: string; readonly reason: SkipReason }[];
  /** What went to the peer: `http://`, the head byte for byte (latin1), the body's length; null when nothing did. */
  readonly request: { readonly scheme: string; readonly head: string; readonly body: number } | null;
  /** Why it failed; null when it answered. */
  readonly failed: string | null;
}

/** Why a location was not the one, for each search. */
export interface WhyNotAnswer extends NamedLocation {
  readonly searches: readonly {
    readonly uri: string;
    readonly reason: string;
    readonly by: NamedLocation | null;
  }[];
  /** The same in words; one sentence a search, or why there was none. */
  readonly says: readonly string[];
}

/** The whole story of one request. */
export interface Explanation {
  readonly version: 1;
  readonly request: {
    readonly line: string;
    readonly client: string;
    readonly host: string;
    readonly received: string;
    /** Decoded and normalised: what locations are compared with. */
    readonly uri: string;
    readonly args: string;
  };
  readonly server: (ChosenServer & { readonly beats: readonly ChosenServer[] }) | null;
  readonly steps: readonly Step[];
  /** The location that answered in the end; null for the server's own level. */
  readonly location: NamedLocation | null;
  /** The last upstream that was asked for the request itself; null when none was. */
  readonly upstream: AskedUpstream | null;
  readonly upstreams: readonly AskedUpstream[];
  readonly attempts: readonly Attempt[];
  readonly answer: { readonly status: number; readonly bytes: number; readonly milliseconds: number };
  readonly whyNot: WhyNotAnswer | null;
}
