import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Scope } from '../../model/scope.ts';
import type { BodyFilter, ContentHandler, HeaderFilter, PhaseHandler } from '../hooks.ts';

/** A `server` block, ready to run. */
export interface ServerPlan {
  /** `$server_name`: the first name. */
  readonly name: string;
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
  /** What runs while no location is chosen, and the root of the location tree. */
  readonly root: LocationPlan;
}

/** A location (or the server's own level), ready to run: phases without empty entries, closed over merged settings. */
export interface LocationPlan {
  /** As nginx names it: `/x/`, `\.php$`, `@name`, '' for the server's own level. */
  readonly name: string;
  readonly kind: 'server' | 'exact' | 'prefix' | 'regex' | 'named' | 'if' | 'limit_except';
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
  readonly rewrite: readonly PhaseHandler[];
  readonly preaccess: readonly PhaseHandler[];
  readonly access: readonly PhaseHandler[];
  readonly precontent: readonly PhaseHandler[];
  /** The location's own handler (`proxy_pass` …), or null: then `content` is tried in order. */
  readonly handler: ContentHandler | null;
  readonly content: readonly ContentHandler[];
  readonly headerFilters: readonly HeaderFilter[];
  readonly bodyFilters: readonly BodyFilter[];
  readonly log: readonly PhaseHandler[];
}
