import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Scope } from '../../model/scope.ts';

/** A `server` block, as modules see it. */
export interface ServerPlan {
  /** `$server_name`: the first name. */
  readonly name: string;
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
}

/** A location (or the server's own level), as modules see it; what runs in it is the engine's business. */
export interface LocationPlan {
  /** As nginx names it: `/x/`, `\.php$`, `@name`, '' for the server's own level. */
  readonly name: string;
  readonly kind: 'server' | 'exact' | 'prefix' | 'regex' | 'named' | 'if' | 'limit_except';
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
}
