import { lineAt } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Model } from '../../model/build.ts';
import { type InForce, inForce } from '../../model/in-force.ts';
import type { Scope } from '../../model/scope.ts';
import { contextNames } from '../../schema/contexts.ts';

/** A directive and its place. */
interface DirectiveJson {
  readonly directive: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** A setting that is in force in a block. */
interface SettingJson {
  /** nginx's name of the module. */
  readonly module: string;
  /** Our name of the setting, and what it holds: absent for directives that fill none. */
  readonly setting?: string;
  readonly value?: unknown;
  /** True when a block around this one says so. */
  readonly inherited: boolean;
  readonly directives: readonly DirectiveJson[];
}

/** One block. */
interface ScopeJson {
  /** `main`, `http`, `server`, `location`, `if in location` … */
  readonly context: string;
  readonly opened?: DirectiveJson;
  readonly settings: readonly SettingJson[];
  readonly blocks: readonly ScopeJson[];
}

/** The model of a configuration: every block with the settings in force there, their values and where they come from. */
export interface ModelJson {
  readonly version: 1;
  readonly root: ScopeJson;
  /** Directives that no known module has, and those that stand where they may not. */
  readonly unknown: readonly DirectiveJson[];
  readonly misplaced: readonly DirectiveJson[];
}

/** What a model means, as JSON; `decode` turns byte strings into text. */
export function modelAsJson(model: Model, decode: (bytes: string) => string): ModelJson {
  const placed = (directive: ConfigDirective): DirectiveJson => ({
    directive: decode(directive.name),
    args: directive.args.map(decode),
    file: decode(directive.source.name),
    line: lineAt(directive.source, directive.node.start),
  });
  const settingOf = (scope: Scope, { uses, from }: InForce): SettingJson => {
    const inherited = from !== scope;
    const directives = uses.map(({ directive }) => placed(directive));
    const [first] = uses;
    const module = first?.entry.module;
    const setting = (first?.entry.facts as { sets?: string } | undefined)?.sets;
    if (!module || setting === undefined) return { module: module?.name ?? '', inherited, directives };
    const value = plainly(model.settings.of(scope, module)[setting], decode, 0);
    return { module: module.name, setting, value, inherited, directives };
  };
  const scopeOf = (scope: Scope): ScopeJson => ({
    context: contextNames(scope.context).join(),
    ...(scope.directive ? { opened: placed(scope.directive) } : {}),
    settings: inForce(scope).map((one) => settingOf(scope, one)),
    blocks: scope.children.map(scopeOf),
  });
  return {
    version: 1,
    root: scopeOf(model.root),
    unknown: model.unknown.map(({ directive }) => placed(directive)),
    misplaced: model.misplaced.map(({ directive }) => placed(directive)),
  };
}

const deepest = 16;

/** Values as JSON has them: sets and maps as lists, patterns by their text, no functions. */
function plainly(value: unknown, decode: (bytes: string) => string, depth: number): unknown {
  if (typeof value === 'string') return decode(value);
  if (typeof value === 'bigint' || value === Infinity) return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (depth > deepest) return undefined;
  if (value instanceof RegExp) return decode(value.source);
  if (value instanceof Map || value instanceof Set || Array.isArray(value))
    return [...(value as Iterable<unknown>)].map((item) => plainly(item, decode, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [decode(key), plainly(item, decode, depth + 1)]));
}
