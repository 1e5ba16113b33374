import { ifInLocation, limitExcept } from '../schema/contexts.ts';
import { mergeOf, type Scope, type Use } from './scope.ts';

/** The directives that decide one setting in a block. */
export interface InForce {
  readonly uses: readonly Use[];
  /** The block in which they stand: this one, or one around it. */
  readonly from: Scope;
}

type Visible = ReadonlyMap<string, InForce>;

const memory = new WeakMap<Scope, Visible>();

/**
 * Everything that is in force in a block, merged as nginx merges it: by settings, so that an inner `deny` hides an outer `allow`.
 * Directives that open blocks of their own (`location`, `upstream` …) are not settings. What the block itself says comes first.
 */
export function inForce(scope: Scope): readonly InForce[] {
  return [...visibleIn(scope).values()].filter(({ from, uses }) => from === scope || mayStandIn(scope, uses));
}

function mayStandIn({ context }: Scope, uses: readonly Use[]): boolean {
  return uses.every(({ entry }) => (entry.facts.in & context) !== 0);
}

function visibleIn(scope: Scope): Visible {
  let visible = memory.get(scope);
  if (!visible) memory.set(scope, (visible = gather(scope)));
  return visible;
}

function gather(scope: Scope): Visible {
  const own = new Map<string, Use[]>();
  for (const use of scope.uses) {
    if (use.opened) continue;
    const key = settingOf(use);
    const same = own.get(key);
    if (same) same.push(use);
    else own.set(key, [use]);
  }
  const visible = new Map<string, InForce>([...own].map(([key, uses]) => [key, { uses, from: scope }]));
  if (!scope.parent) return visible;
  for (const [key, outer] of visibleIn(scope.parent)) {
    const [first] = outer.uses;
    if (first && !visible.has(key) && crosses(first, scope)) visible.set(key, outer);
  }
  return visible;
}

/** Directives that fill one setting decide it together. */
function settingOf({ entry: { module, name, facts } }: Use): string {
  return `${module.name} ${(facts as { sets?: string }).sets ?? name}`;
}

function crosses(use: Use, { context }: Scope): boolean {
  const merge = mergeOf(use);
  if (merge === 'value' || merge === 'list') return true;
  if (merge === 'own') return false;
  return (context & (merge === 'if' ? ifInLocation : ifInLocation | limitExcept)) !== 0;
}
