import type { ConfigDirective } from '../config/config-tree.ts';
import type { Host } from '../host/host.ts';
import type { Model } from '../model/build.ts';
import type { Flavor } from '../model/check/target.ts';
import type { Scope } from '../model/scope.ts';
import type { Settings } from '../schema/directive.ts';
import type { Module, ValuesOf } from '../schema/module.ts';
import type { ResolverSetting } from '../schema/values/resolver.ts';
import type { ZoneSize } from '../schema/values/zone.ts';
import type { Events } from './events.ts';
import type { Request } from './http/request.ts';
import type { LogLevel } from './log-level.ts';
import type { LocationPlan } from './plan/plans.ts';
import type { Resolver } from './resolver/resolver.ts';
import type { Script } from './script.ts';
import type { Balancer, PeerGroup } from './upstream/peer.ts';
import type { Upstream } from './upstream/upstream.ts';
import type { Url } from './upstream/url.ts';

export type { LogLevel, Script };

/** A module of which only the name matters. */
export type AnyModule = Pick<Module, 'name'>;

/*
 * What a module may take part in. A hook is called once for each block at load with the block's merged settings and
 * returns the closure that runs for each request, or undefined when there is nothing to do there.
 */

/** nginx's NGX_DECLINED, NGX_OK, NGX_DONE (the handler has taken the request over and will finalize it), or a status. */
export type Verdict = 'declined' | 'ok' | 'done' | number;

export type PhaseHandler = (r: Request) => Verdict | Promise<Verdict>;
export type ContentHandler = PhaseHandler;
/** Changes `r.status` and `r.headersOut` before the head is written; what it returns changes the body of this response. */
export type HeaderFilter = (r: Request) => BodyTransform | BodyFilter | undefined;
/** Makes other bytes of bytes. */
export interface BodyTransform {
  /** What becomes of a chunk; `last` comes once, possibly with an empty chunk. The chunk's bytes are not changed. */
  transform(chunk: Buffer, last: boolean): Buffer;
  /** What it can give now of the bytes it holds back (NGX_HTTP_FLUSH). */
  flush?(): Buffer;
  /** It works on what a request and its subrequests write together: it stands behind ngx_http_postpone_filter. */
  readonly combined?: boolean;
}
/** Hands bytes on to the filters behind; `last` once. */
export type BodyOutlet = (chunk: Buffer, last: boolean) => void;
/**
 * Puts subrequests between the bytes of a body: what it hands to `out` before it calls `Request.subrequest` comes before
 * the subrequest's output, what it hands on afterwards comes behind it.
 */
export interface BodyFilter {
  /** Takes a chunk; `last` comes once, possibly with an empty chunk. */
  take(chunk: Buffer, last: boolean, out: BodyOutlet): void;
  /** It keeps what it is given, and wants no more, until all subrequests made so far are over; `resume` is called then. */
  readonly waits?: boolean;
  resume?(out: BodyOutlet): void;
}

/** A compiled regular expression. A match fills `r.captures` and the variables of named groups; a failure leaves them. */
export interface Matcher {
  readonly groups: number;
  matches(r: Request, subject: string): boolean;
}

/** What a hook may ask while it plans one block. */
export interface PlanContext {
  readonly model: Model;
  readonly scope: Scope;
  /** The location being planned, filled later in the same turn; for its name and kind. */
  readonly location: LocationPlan;
  readonly host: Host;
  readonly events: Events;
  /** Messages to syslog servers are sent. */
  readonly sendsSyslog: boolean;
  /** Any other module's settings in this block. */
  settings<S extends Settings>(module: Module<S>): ValuesOf<S>;
  /** Compiles `text$with$variables`; a text without any gives a closure that returns a constant. `line` is where it stands. */
  script(text: string, line?: ConfigDirective): Script;
  /** A path in full: a relative one begins at nginx's prefix (ngx_conf_full_name). */
  fullName(path: string): string;
  /** A variable by name, without `$`; undefined tells a missing value from an empty one. */
  variable(name: string): (r: Request) => string | undefined;
  /** Compiles a regular expression as nginx's PCRE would; undefined, and reported, when it cannot be run. */
  regex(pattern: string, caseless: boolean, directive: ConfigDirective): Matcher | undefined;
  /** The plan of a nameless block below this one: `if`, `limit_except`. */
  nested(scope: Scope): LocationPlan;
  /**
   * Sets a variable by name, without `$`, for a request: one that the configuration defines, or `$args`, `$limit_rate`.
   * With `onUnset` it means what nginx says where it was not set when its name begins as one of nginx's (`http_x`,
   * NGX_HTTP_VAR_WEAK); any other one is empty then, and `onUnset` is told. Without, it is missing.
   */
  setter(name: string, onUnset?: (r: Request) => void): (r: Request, value: string) => void;
  /** Defines a variable that is computed when it is first asked for, or each time when it is volatile (`map`, `geo`). */
  define(name: string, get: (r: Request) => string, options?: { readonly volatile?: boolean }): void;
  /** The `upstream` of that name (case-insensitive), or what was made for `host:port`. */
  upstream(name: string, defaultPort: number): Upstream;
  /** The `upstream` block of a URL's host, for `proxy_pass` with variables, or what another `…_pass` has made for it. */
  findUpstream(url: Url): Upstream | undefined;
  /** The resolver of a `resolver` in force, shared by all who inherit it; null without one. */
  resolver(setting: ResolverSetting | undefined): Resolver | null;
  /**
   * Memory of a module that outlives a reload (ngx_shared_memory_add): `make` gets what the zone of that name and size
   * held before, undefined when there was none.
   */
  zone<T>(module: AnyModule, zone: ZoneSize, make: (before: T | undefined) => T): T;
  /** What `zone` has made under that name; reported, and undefined, when nothing did. */
  findZone<T>(module: AnyModule, name: string): T | undefined;
  /** The configuration does not run before this is settled: names that are resolved at load. */
  before(work: Promise<void>): void;
  /** In the `http` block: what runs from when the configuration takes over until the next one does. */
  alongside(part: { start(): void; stop(): void }): void;
  /** nginx's version that is played: defaults differ. */
  readonly version: string;
  /** Whose nginx is played: forks have modules of their own under the same names. */
  readonly flavor: Flavor;
  /** Writes to the error log. */
  log(level: LogLevel, message: string, r?: Request): void;
  /** Reports, in nginx's words, that a directive cannot stand like this; the configuration is not run. */
  fail(directive: ConfigDirective, nginx: string): void;
  /** Says at start that a directive is known but not run. */
  notRun(directive: ConfigDirective, why: string): void;
}

/** The places where a module may act, in the order of nginx's phases. */
export interface Hooks<S extends Settings> {
  /** Called once, for the `http` block: defines what all of it may use. */
  readonly http?: (settings: ValuesOf<S>, at: PlanContext) => void;
  /** Asked with the settings of the server's own block before anything else (NGX_HTTP_POST_READ_PHASE). */
  readonly postRead?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  /** In a server's own block this runs before a location is chosen (NGX_HTTP_SERVER_REWRITE_PHASE). */
  readonly rewrite?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  readonly preaccess?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  readonly access?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  readonly precontent?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  /** Replaces the content phase of the location whose own block (or `if`) has the directive. */
  readonly handler?: (settings: ValuesOf<S>, at: PlanContext) => ContentHandler | undefined;
  readonly content?: (settings: ValuesOf<S>, at: PlanContext) => ContentHandler | undefined;
  /** Before all other filters, and before conditions are looked at; it may end the request. */
  readonly firstFilter?: (settings: ValuesOf<S>, at: PlanContext) => HeaderFilter | undefined;
  readonly headerFilter?: (settings: ValuesOf<S>, at: PlanContext) => HeaderFilter | undefined;
  readonly log?: (settings: ValuesOf<S>, at: PlanContext) => PhaseHandler | undefined;
  /** Variables by name, without `$`; a name that ends in `_` is a prefix and gets the rest. */
  readonly variables?: Readonly<Record<string, (r: Request, rest: string) => string | undefined>>;
  /** A balancing method for an `upstream` block. `key` is computed for each request. */
  readonly balancer?: (settings: ValuesOf<S>, group: PeerGroup, at: PlanContext) => BalancerPlan | undefined;
  /** Called once for each `upstream` block after its peers are known; what it returns is stopped with the configuration. */
  readonly upstream?: (settings: ValuesOf<S>, upstream: Upstream, at: PlanContext) => { stop(): void } | undefined;
}

/** A balancer and the key it is asked with. */
export interface BalancerPlan {
  readonly balancer: Balancer;
  readonly key: Script;
}

/** One module's part in the engine. */
export interface HandlerRoom {
  readonly module: Module;
  readonly hooks: Hooks<Settings>;
  /** Directives that it runs although they fill no setting; those that fill one are run anyway. */
  readonly runs: readonly string[];
}

/** Binds hooks to a module; its settings arrive typed. */
export function handle<S extends Settings>(module: Module<S>, hooks: Hooks<S>, runs: readonly string[] = []): HandlerRoom {
  return { module: module as unknown as Module, hooks: hooks as unknown as Hooks<Settings>, runs };
}
