import { languageOf } from '../regex/language.ts';
import type { Model } from './build.ts';
import { scopesAround } from './inherited.ts';
import { type Scope, scopesWithin, usesIn } from './scope.ts';

/** How many groups a pattern has; endless when it could not be read, so that nothing is said of it. */
export function groupsIn(pattern: string): number {
  return languageOf(pattern)?.groups ?? Number.POSITIVE_INFINITY;
}

/** The groups of an argument that is a pattern where it starts with `~` (`proxy_redirect`, a line of `map`). */
export function groupsInTilde(word: string): number {
  return word.startsWith('~') ? groupsIn(word.replace(/^~\*?/, '')) : 0;
}

const ofScopes = new WeakMap<Scope, number>();
const ofMaps = new WeakMap<Model, number>();

/**
 * The most groups that any pattern has which may have been matched before a value in `scope` is made: those of the locations and
 * `if` blocks around it, of their `rewrite`, `if` and `server_name` lines, and of all maps (ngx_http_regex_exec sets `$1` for each).
 */
export function mostGroupsAround(scope: Scope, model: Model): number {
  let most = groupsOfMaps(model);
  for (const at of scopesAround(scope)) most = Math.max(most, groupsOf(at));
  return most;
}

function groupsOf(scope: Scope): number {
  let most = ofScopes.get(scope);
  if (most === undefined) ofScopes.set(scope, (most = gather(scope)));
  return most;
}

function gather(scope: Scope): number {
  let most = 0;
  const see = (groups: number): void => {
    if (groups > most) most = groups;
  };
  const own = scope.directive;
  if (own?.name === 'location' && /^~\*?$/.test(own.args[0] ?? '')) see(groupsIn(own.args[1] ?? ''));
  else if (own?.name === 'location') see(groupsInTilde(own.args[0] ?? ''));
  for (const { directive } of usesIn(scope, 'if')) see(groupsInCondition(directive.args));
  for (const { directive } of usesIn(scope, 'rewrite')) see(groupsIn(directive.args[0] ?? ''));
  for (const { directive } of usesIn(scope, 'server_name')) for (const name of directive.args) see(groupsInTilde(name));
  return most;
}

function groupsInCondition(args: readonly string[]): number {
  const at = args.findIndex((word) => /^!?~\*?$/.test(word));
  if (at < 0) return 0;
  const pattern = args.slice(at + 1).join(' ');
  return groupsIn(pattern.endsWith(')') ? pattern.slice(0, -1) : pattern);
}

function groupsOfMaps(model: Model): number {
  let most = ofMaps.get(model);
  if (most !== undefined) return most;
  most = 0;
  for (const scope of scopesWithin(model.root))
    for (const { directive } of usesIn(scope, 'map'))
      for (const { name } of directive.children ?? []) most = Math.max(most, groupsInTilde(name));
  ofMaps.set(model, most);
  return most;
}
