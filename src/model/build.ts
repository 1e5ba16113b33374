import type { ConfigDirective, ConfigTree } from '../config/config-tree.ts';
import type { Context } from '../schema/contexts.ts';
import { type Entry, entriesOf, entryIn, opens } from './lookup.ts';
import { bitOfName, type Scope, type Use } from './scope.ts';
import { type SettingsReader, settingsReader } from './settings.ts';

/** What a configuration means: scopes with the directives that count in them. */
export interface Model {
  readonly config: ConfigTree;
  /** The outermost scope: `main`, or the fragment's. */
  readonly root: Scope;
  /** Directives that no known module has. */
  readonly unknown: readonly Misplaced[];
  /** Directives that a module has, but not here. */
  readonly misplaced: readonly Misplaced[];
  readonly settings: SettingsReader;
}

/** A directive that has no meaning where it stands. */
export interface Misplaced {
  readonly directive: ConfigDirective;
  readonly scope: Scope;
  /** What the name means elsewhere. */
  readonly entries: readonly Entry[];
}

interface OpenScope extends Scope {
  uses: Use[];
  children: Scope[];
  names: number;
}

/** Gives every directive its meaning in its context; never fails. */
export function buildModel(config: ConfigTree): Model {
  const unknown: Misplaced[] = [];
  const misplaced: Misplaced[] = [];

  function fill(scope: OpenScope, directives: readonly ConfigDirective[]): void {
    for (const directive of directives) {
      const entry = entryIn(directive.name, scope.context);
      if (entry) use(scope, directive, entry);
      else {
        const entries = entriesOf(directive.name);
        (entries.length > 0 ? misplaced : unknown).push({ directive, scope, entries });
      }
    }
    // Copies have no room to grow, which is most of a small array.
    scope.uses = scope.uses.slice();
    scope.children = scope.children.slice();
  }

  function use(scope: OpenScope, directive: ConfigDirective, entry: Entry): void {
    const context = directive.children ? opens(entry.facts.block, scope.context) : 0;
    const opened = context ? open(context, directive, scope) : null;
    scope.uses.push({ directive, entry, scope, opened });
    scope.names |= bitOfName(directive.name);
    if (opened && directive.children) {
      scope.children.push(opened);
      fill(opened, directive.children);
    }
  }

  const root = open(config.context, null, null);
  fill(root, config.directives);
  return { config, root, unknown, misplaced, settings: settingsReader() };
}

function open(context: Context, directive: ConfigDirective | null, parent: Scope | null): OpenScope {
  return { context, directive, parent, uses: [], children: [], names: 0 };
}
