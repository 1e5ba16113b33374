import type { DirectiveFacts } from '../../schema/directive.ts';
import type { Module } from '../../schema/module.ts';
import { isAtLeast, newestStable } from '../../schema/version.ts';
import type { ModuleName } from '../modules.ts';

/** Whose nginx it may be. */
export const flavors = ['oss', 'plus', 'openresty', 'tengine', 'angie', 'freenginx'] as const;

export type Flavor = (typeof flavors)[number];

/** The nginx that a configuration is judged for. */
export interface Target {
  readonly nginxVersion: string;
  readonly flavor: Flavor;
  /** Exactly these modules, by nginx's names (`ngx_http_proxy_module`); without it every module we know of. */
  readonly modules?: ReadonlySet<string>;
  /** Modules that `load_module` adds, by the file's name (`ngx_stream_module.so`). */
  readonly dynamic?: ReadonlyMap<string, readonly string[]>;
}

/** What is assumed when nobody says anything. */
export const newestTarget: Target = { nginxVersion: newestStable, flavor: 'oss' };

/** Modules of other systems, which no nginx on Linux has. */
const elsewhere = new Set([
  'ngx_kqueue_module',
  'ngx_devpoll_module',
  'ngx_eventport_module',
  'ngx_iocp_module',
  'ngx_rtsig_module',
]);

const forks: readonly string[] = ['tengine', 'angie', 'freenginx'];

/** True when the target's nginx has the module. */
export function hasModule({ modules, flavor }: Target, { name, package: brought }: ModuleName): boolean {
  if (brought !== undefined && forks.includes(brought) && brought !== flavor) return false;
  return modules ? modules.has(name) : !elsewhere.has(name);
}

/** True when the target's release knows the directive in this meaning. */
export function isInRelease({ nginxVersion, flavor }: Target, { package: brought }: Module, facts: DirectiveFacts): boolean {
  if (brought !== undefined) return true;
  if (facts.commercial) return flavor === 'plus' || (facts.openSince !== undefined && isAtLeast(nginxVersion, facts.openSince));
  if (facts.since !== undefined && !isAtLeast(nginxVersion, facts.since)) return false;
  return facts.until === undefined || !isAtLeast(nginxVersion, facts.until);
}

/** The facts as they were in a release: older ones had other arities and contexts. */
export function factsIn(nginxVersion: string, facts: DirectiveFacts): DirectiveFacts {
  let state = facts;
  for (const change of [...(facts.changes ?? [])].reverse()) {
    if (isAtLeast(nginxVersion, change.before)) continue;
    const { before: _, ...older } = change;
    state = { ...state, ...older };
  }
  return state;
}
