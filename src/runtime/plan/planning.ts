import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Model } from '../../model/build.ts';
import type { Scope } from '../../model/scope.ts';
import type { Engine } from '../engine.ts';
import type { HandlerRoom, Matcher } from '../hooks.ts';
import type { Resolvers } from '../resolver/resolvers.ts';
import type { RunningPart, Upstreams } from '../upstream/planning.ts';
import type { Zones } from '../zones.ts';
import type { PlannedLocation } from './planned.ts';
import type { Variables } from './variables.ts';

/** What the parts of planning share. */
export interface Planning {
  readonly model: Model;
  readonly engine: Engine;
  readonly rooms: readonly HandlerRoom[];
  /** Later modules come first, in phases and in filters. */
  readonly reversed: readonly HandlerRoom[];
  /** Where relative paths begin; ends in `/`. */
  readonly prefix: string;
  readonly variables: Variables;
  readonly upstreams: Upstreams;
  readonly resolvers: Resolvers;
  readonly zones: Zones;
  /** What `http` blocks have that starts and stops with the configuration. */
  readonly parts: RunningPart[];
  /** What has to be settled before it runs. */
  readonly pending: Promise<void>[];
  /** The plan of an `if` or `limit_except` block, made once. */
  nested(scope: Scope, outer: PlannedLocation): PlannedLocation;
  regex(pattern: string, caseless: boolean, directive: ConfigDirective): Matcher | undefined;
  notRun(directive: ConfigDirective, why: string): void;
  fail(nginx: string, directive: ConfigDirective | null, argument?: string): void;
}
