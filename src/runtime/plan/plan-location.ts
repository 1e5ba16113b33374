import type { ConfigDirective } from '../../config/config-tree.ts';
import { readLocationName } from '../../model/routes/location-name.ts';
import { addLocation } from '../../model/routes/location-search.ts';
import type { Scope } from '../../model/scope.ts';
import { httpCore } from '../../modules/http/core/directives.ts';
import { location as locationContext } from '../../schema/contexts.ts';
import { isDynamic } from '../../schema/values/script.ts';
import { readSyslog, whyNoSyslog } from '../../schema/values/syslog.ts';
import type { Script } from '../hooks.ts';
import { escapeUri } from '../http/escape.ts';
import { planSymlinkCheck, type SymlinkCheck } from '../http/symlinks.ts';
import type { BlockLog } from '../log.ts';
import { BlockContext } from './block-context.ts';
import { handlerOf } from './handler-modules.ts';
import { type PlannedErrorPage, PlannedLocation, type PlannedServer } from './planned.ts';
import type { Planning } from './planning.ts';
import type { LocationPlan } from './plans.ts';

interface Block {
  readonly scope: Scope;
  readonly name: string;
  readonly kind: LocationPlan['kind'];
  readonly at: ConfigDirective | null;
  /** False for a block that only lends its settings. */
  readonly hooks: boolean;
}

/** Plans one block: its phases, filters and the engine's own settings. */
export function planLocation(planner: Planning, { scope, name, kind, at, hooks }: Block): PlannedLocation {
  const core = planner.model.settings.of(scope, httpCore);
  const location = new PlannedLocation(name, kind, at, scope, core);
  location.escapedName = escapeUri(name);
  const context = new BlockContext(planner, scope, location);
  location.documentRoot = rootScript(context);
  location.alias = core.root.kind === 'alias' ? aliasLength(scope) : -1;
  location.types = new Map(
    core.types.flat().flatMap(({ type, extensions }) => extensions.map((extension) => [extension, type] as const)),
  );
  location.symlinks = planSymlinks(context);
  if (core.limitRate !== '0') location.limitRate = context.script(core.limitRate);
  if (core.limitRateAfter !== '0') location.limitRateAfter = context.script(core.limitRateAfter);
  location.errorPages = planErrorPages(context);
  location.bodyPath = context.fullName(core.clientBodyTempPath.path).replace(/\/+$/, '');
  location.errorLogs = planErrorLogs(planner, context);
  if (hooks) planHooks(planner, location, context);
  return location;
}

/** Plans the locations that stand directly in a block, and those in them. */
export function planLocations(planner: Planning, scope: Scope, outer: PlannedLocation, server: PlannedServer): void {
  for (const child of scope.children) {
    if (child.directive?.name === 'location' && child.context === locationContext)
      planOne(planner, child, child.directive, outer, server);
  }
}

function planOne(planner: Planning, scope: Scope, at: ConfigDirective, outer: PlannedLocation, server: PlannedServer): void {
  const { kind, name, noRegex, caseless } = readLocationName(at.args);
  const location = planLocation(planner, { scope, name, kind, at, hooks: true });
  location.noRegex = noRegex;
  location.autoRedirect =
    (kind === 'prefix' || kind === 'exact') && location.handler !== null && name.endsWith('/') && passes(scope);
  planLocations(planner, scope, location, server);
  if (kind === 'named') {
    if (server.named.has(name)) planner.fail(`duplicate location "${name}"`, at);
    server.named.set(name, location);
  } else if (kind === 'regex') {
    const matcher = planner.regex(name, caseless, at);
    if (matcher) outer.nested.regexes.push({ matcher, location });
    outer.nested.empty = false;
  } else if (!addLocation(outer.nested, location)) {
    planner.fail(`duplicate location "${name}"`, at);
  }
}

/** True when a module that talks to upstreams answers: only those complete a missing slash. */
function passes(scope: Scope): boolean {
  return scope.uses.some(({ directive }) => /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/.test(directive.name));
}

function planHooks(planner: Planning, location: PlannedLocation, context: BlockContext): void {
  const { scope } = location;
  const limit = scope.children.find(({ directive }) => directive?.name === 'limit_except');
  if (limit) {
    const methods = new Set(
      limit.directive?.args.flatMap((word) => (word.toUpperCase() === 'GET' ? ['GET', 'HEAD'] : [word.toUpperCase()])),
    );
    location.limitExcept = { methods, plan: context.nested(limit) };
  }
  const made = <T>(list: readonly (T | undefined)[]) => list.filter((entry): entry is T & {} => entry !== undefined);
  const { reversed } = planner;
  if (location.kind === 'server')
    location.postRead = made(
      reversed.map(({ module, hooks }) => handlerOf(hooks.postRead?.(context.settings(module), context), module)),
    );
  location.rewrite = made(
    reversed.map(({ module, hooks }) => handlerOf(hooks.rewrite?.(context.settings(module), context), module)),
  );
  location.preaccess = made(
    reversed.map(({ module, hooks }) => handlerOf(hooks.preaccess?.(context.settings(module), context), module)),
  );
  location.access = made(
    reversed.map(({ module, hooks }) => handlerOf(hooks.access?.(context.settings(module), context), module)),
  );
  location.precontent = made(
    reversed.map(({ module, hooks }) => handlerOf(hooks.precontent?.(context.settings(module), context), module)),
  );
  location.content = made(
    reversed.map(({ module, hooks }) => handlerOf(hooks.content?.(context.settings(module), context), module)),
  );
  location.firstFilters = made(reversed.map(({ module, hooks }) => hooks.firstFilter?.(context.settings(module), context)));
  location.headerFilters = made(reversed.map(({ module, hooks }) => hooks.headerFilter?.(context.settings(module), context)));
  location.log = made(reversed.map(({ module, hooks }) => hooks.log?.(context.settings(module), context)));
  if (location.kind !== 'server')
    location.handler =
      made(planner.rooms.map(({ module, hooks }) => handlerOf(hooks.handler?.(context.settings(module), context), module)))[0] ??
      null;
}

function planSymlinks(context: BlockContext): SymlinkCheck | null {
  const { mode, from } = context.settings(httpCore).disableSymlinks;
  return mode === 'off' ? null : planSymlinkCheck({ mode, from: from === '' ? null : context.script(from) }, context.host.files);
}

function planErrorPages(context: BlockContext): ReadonlyMap<number, PlannedErrorPage> | null {
  const { errorPages } = context.settings(httpCore);
  if (errorPages.length === 0) return null;
  const pages = new Map<number, PlannedErrorPage>();
  for (const { codes, overwrite, target } of errorPages) {
    const page = { overwrite, target: context.script(target) };
    for (const code of codes) {
      const own = code >= 494 && code <= 497 && overwrite < 0 ? { ...page, overwrite: 400 } : page;
      if (!pages.has(code)) pages.set(code, own);
    }
  }
  return pages;
}

/** Null when no block around has an `error_log` of its own. */
function planErrorLogs(planner: Planning, context: BlockContext): readonly BlockLog[] | null {
  const { errorLogs } = context.settings(httpCore);
  if (errorLogs.length === 0) return null;
  return errorLogs.flatMap(({ path, severity }): BlockLog[] => {
    const syslog = readSyslog(path) ?? null;
    const why = path.startsWith('memory:') ? 'nothing is kept in memory' : syslog && whyNoSyslog(syslog, context.sendsSyslog);
    if (!why) return [{ path: syslog ? '' : path === 'stderr' ? path : context.fullName(path), syslog, severity }];
    const use = context.scope.uses.find(({ directive: { name, args } }) => name === 'error_log' && args[0] === path);
    if (use) planner.notRun(use.directive, why);
    return [];
  });
}

/** Relative paths begin at nginx's prefix (ngx_conf_full_name). */
function rootScript(context: BlockContext): Script {
  const { path: written, kind } = context.settings(httpCore).root;
  const path = kind === 'root' && written.endsWith('/') ? written.slice(0, -1) : written;
  const script = context.script(path);
  if (isDynamic(path)) return (r) => context.fullName(script(r));
  // What is left of "/" is a full name already.
  const full = path === '' ? '' : context.fullName(path);
  return () => full;
}

/** How much of the URI an `alias` replaces: the name of the location it stands in. */
function aliasLength(scope: Scope): number {
  let at: Scope | null = scope;
  while (at && !at.uses.some(({ directive }) => directive.name === 'alias')) at = at.parent;
  const { kind, name } = readLocationName(at?.directive?.args ?? []);
  return kind === 'regex' ? Infinity : name.length;
}
