import { ifInLocation, limitExcept } from '../schema/contexts.ts';
import { effective, type Scope, type Use, useIn } from './scope.ts';

/** The use of a list directive (`proxy_set_header`, `add_header` …) that is in force for one key, compared without case. */
export function effectiveFor(scope: Scope, name: string, key: string): Use | undefined {
  const wanted = key.toLowerCase();
  return effective(scope, name).findLast(({ directive }) => directive.args[0]?.toLowerCase() === wanted);
}

/** The last use in force of a directive that holds one value. */
export function effectiveOne(scope: Scope, name: string): Use | undefined {
  return effective(scope, name).at(-1);
}

/** The scope whose list of `name` is in force in `scope`: its own, or the nearest outer one; undefined when there is none. */
export function ownerOf(scope: Scope, name: string): Scope | undefined {
  return effective(scope, name)[0]?.scope;
}

/** The location (or server) around `if` and `limit_except` blocks: where most settings have to be written. */
export function settingScope(scope: Scope): Scope {
  let at = scope;
  while (at.context & (ifInLocation | limitExcept) && at.parent) at = at.parent;
  return at;
}

/** The `server` block around (or at) a scope; the outermost scope when there is none, as in a snippet. */
export function serverAround(scope: Scope): Scope {
  let at = scope;
  while (at.parent && at.directive?.name !== 'server') at = at.parent;
  return at;
}

/** The path of the nearest location (`/app/`, a regular expression, without its modifier); '' in a named one and outside. */
export function pathAround(scope: Scope): string {
  let at: Scope | null = scope;
  while (at && at.directive?.name !== 'location') at = at.parent;
  const path = at?.directive?.args.at(-1) ?? '';
  return path.startsWith('@') ? '' : path;
}

/** `scope` and everything around it, inner ones first. */
export function* scopesAround(scope: Scope): Generator<Scope> {
  for (let at: Scope | null = scope; at; at = at.parent) yield at;
}

/** The nearest scope around (or at) `scope` that has one of these directives directly in it, and those uses. */
export function nearestWith(scope: Scope, names: readonly string[]): readonly Use[] {
  for (const at of scopesAround(scope)) {
    if (names.some((name) => useIn(at, name))) return at.uses.filter(({ directive }) => names.includes(directive.name));
  }
  return [];
}
