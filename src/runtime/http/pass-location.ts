import { bug } from '../../base/bug.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { effective, type Scope, useIn } from '../../model/scope.ts';
import { location } from '../../schema/contexts.ts';
import type { PlanContext } from '../hooks.ts';

/** A directive, as modules hand it on to say where something is wrong. */
export type At = ConfigDirective;

/** The last directive of that name that is in force in a block. */
export function directiveInForce(name: string, { scope }: PlanContext): At {
  return effective(scope, name).at(-1)?.directive ?? scope.directive ?? bug(`no directive ${name}`);
}

/** The name of the location a block belongs to, as far as a URI part needs it. */
export interface PassLocation {
  readonly name: string;
  /** False in regex and named locations, in `if` and `limit_except`: no URI part there. */
  readonly replaceable: boolean;
}

/** Finds the block that holds the `…_pass` in force, and its location's name. */
export function passLocation(pass: string, { scope }: PlanContext): PassLocation {
  let at: Scope | null = scope;
  while (at && !useIn(at, pass)) at = at.parent;
  const args = at?.directive?.args ?? [];
  if (!at || at.context !== location) return { name: '', replaceable: false };
  const [first = '', second] = args;
  if (second !== undefined) return { name: second, replaceable: !first.startsWith('~') };
  const glued = /^(\^~|=|~\*|~|@)?(.*)$/s.exec(first);
  const modifier = glued?.[1] ?? '';
  return {
    name: modifier === '@' ? first : (glued?.[2] ?? first),
    replaceable: modifier === '' || modifier === '=' || modifier === '^~',
  };
}
