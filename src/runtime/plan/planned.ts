import type { ConfigDirective } from '../../config/config-tree.ts';
import { LocationLevel } from '../../model/routes/location-search.ts';
import type { Scope } from '../../model/scope.ts';
import type { httpCore } from '../../modules/http/core/directives.ts';
import type { Module, ValuesOf } from '../../schema/module.ts';
import type { ContentHandler, HeaderFilter, PhaseHandler, Script } from '../hooks.ts';
import type { Request } from '../http/request.ts';
import type { SymlinkCheck } from '../http/symlinks.ts';
import type { BlockLog } from '../log.ts';
import type { LocationPlan, ServerPlan } from './plans.ts';

type SettingsOf<M> = M extends Module<infer S> ? ValuesOf<S> : never;

/** Everything that ngx_http_core_module's directives say in one block. */
export type CoreSettings = SettingsOf<typeof httpCore>;

/** One status of an `error_page`. */
export interface PlannedErrorPage {
  readonly overwrite: number;
  readonly target: Script;
}

/** A location with what the engine itself needs of it. Filled while it is planned, read-only afterwards. */
export class PlannedLocation implements LocationPlan {
  readonly name: string;
  readonly kind: LocationPlan['kind'];
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
  readonly core: CoreSettings;
  /** For the server's own level only. */
  postRead: readonly PhaseHandler[] = [];
  rewrite: readonly PhaseHandler[] = [];
  preaccess: readonly PhaseHandler[] = [];
  access: readonly PhaseHandler[] = [];
  precontent: readonly PhaseHandler[] = [];
  handler: ContentHandler | null = null;
  content: readonly ContentHandler[] = [];
  firstFilters: readonly HeaderFilter[] = [];
  headerFilters: readonly HeaderFilter[] = [];
  log: readonly PhaseHandler[] = [];
  /** Where messages go; null for the process's own log. */
  errorLogs: readonly BlockLog[] | null = null;
  /** `^~` */
  noRegex = false;
  autoRedirect = false;
  readonly nested = new LocationLevel<Request, PlannedLocation>();
  /** Methods that `limit_except` lets through, and what rules the others. */
  limitExcept: { readonly methods: ReadonlySet<string>; readonly plan: PlannedLocation } | null = null;
  errorPages: ReadonlyMap<number, PlannedErrorPage> | null = null;
  types: ReadonlyMap<string, string> = new Map();
  /** The directory of request bodies, in full and without a slash at its end. */
  bodyPath = '';
  /** Which paths are refused for the links in them (disable_symlinks); null for none. */
  symlinks: SymlinkCheck | null = null;
  /** `root` or `alias`, with variables. */
  documentRoot: Script = () => '';
  /** Bytes a second, and from where on; null where nothing is limited. */
  limitRate: Script | null = null;
  limitRateAfter: Script | null = null;
  /** What of the URI `alias` replaces: -1 for `root`, Infinity for `alias` in a regex location. */
  alias = -1;

  /** The name as it stands in a redirect to it. */
  escapedName = '';

  constructor(name: string, kind: LocationPlan['kind'], at: ConfigDirective | null, scope: Scope, core: CoreSettings) {
    this.name = name;
    this.kind = kind;
    this.at = at;
    this.scope = scope;
    this.core = core;
  }
}

/** A server with what the engine itself needs of it. */
export class PlannedServer implements ServerPlan {
  readonly name: string;
  readonly at: ConfigDirective | null;
  readonly scope: Scope;
  readonly root: PlannedLocation;
  readonly named = new Map<string, PlannedLocation>();

  constructor(name: string, at: ConfigDirective | null, scope: Scope, root: PlannedLocation) {
    this.name = name;
    this.at = at;
    this.scope = scope;
    this.root = root;
  }
}
