import { bug } from '../base/bug.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Reading, Settings } from '../schema/directive.ts';
import type { Module, ValuesOf } from '../schema/module.ts';
import type { Merge } from '../schema/setting.ts';
import { spanOfArgument } from './place.ts';
import type { Scope, Use } from './scope.ts';

/** Reads merged, typed settings of modules from scopes; each directive is read once. */
export interface SettingsReader {
  /** What `module`'s handlers see in `scope`. */
  of<S extends Settings>(scope: Scope, module: Module<S>): ValuesOf<S>;
  /** What reading has found wrong so far. */
  readonly diagnostics: readonly Diagnostic[];
}

type Filling = { readonly sets: string; readonly read: (args: readonly string[], at: Reading, before: unknown) => unknown };

/** Makes a reader; its memory lasts as long as it does. */
export function settingsReader(): SettingsReader {
  const diagnostics: Diagnostic[] = [];
  const bags = new Map<Scope, Map<Module, unknown>>();
  const levels = new Map<Scope, Map<string, unknown>>();

  function own(scope: Scope, module: Module, setting: string): { value: unknown } | undefined {
    const key = `${module.name} ${setting}`;
    let level = levels.get(scope);
    if (!level) levels.set(scope, (level = new Map()));
    if (!level.has(key)) level.set(key, readLevel(scope, module, setting, diagnostics));
    return level.get(key) as { value: unknown } | undefined;
  }

  function inForce(scope: Scope, module: Module, setting: string): unknown {
    const { merge, default: otherwise } = module.settings[setting] ?? bug(`no setting ${setting}`);
    for (let at: Scope | null = scope; at; at = outer(at, merge)) {
      const found = own(at, module, setting);
      if (found) return found.value;
    }
    return otherwise;
  }

  return {
    diagnostics,
    of<S extends Settings>(scope: Scope, module: Module<S>): ValuesOf<S> {
      let bag = bags.get(scope);
      if (!bag) bags.set(scope, (bag = new Map()));
      let values = bag.get(module as unknown as Module);
      if (!values) {
        const names = Object.keys(module.settings);
        values = Object.fromEntries(names.map((name) => [name, inForce(scope, module as unknown as Module, name)]));
        bag.set(module as unknown as Module, values);
      }
      return values as ValuesOf<S>;
    },
  };
}

/** The next scope outwards through which a setting with this way of merging is visible. */
function outer(scope: Scope, merge: Merge): Scope | null {
  if (merge === 'value' || merge === 'list') return scope.parent;
  if (merge === 'own' || !scope.directive) return null;
  const name = scope.directive.name;
  return name === 'if' || (merge === 'if-limit_except' && name === 'limit_except') ? scope.parent : null;
}

function readLevel(scope: Scope, module: Module, setting: string, diagnostics: Diagnostic[]): { value: unknown } | undefined {
  const collects = module.settings[setting]?.collects ?? false;
  let values: unknown[] | undefined;
  for (const use of scope.uses) {
    if (use.entry.module !== module) continue;
    const { sets, read } = use.entry.facts as unknown as Partial<Filling>;
    if (sets !== setting || !read) continue;
    const value = read(use.directive.args, readingOf(use, diagnostics), values?.at(-1));
    if (value === undefined) continue;
    values = collects && values ? [...values, value] : [value];
  }
  return values && { value: collects ? values : values[0] };
}

function readingOf(use: Use, diagnostics: Diagnostic[]): Reading {
  const { directive } = use;
  return {
    name: directive.name,
    context: use.scope.context,
    lines: (directive.children ?? []).map((line) => [line.name, ...line.args]),
    fail(nginx, index) {
      diagnostics.push({
        rule: 'invalid-argument-value',
        severity: 'error',
        message: nginx,
        nginx,
        span: spanOfArgument(directive, index),
      });
      return undefined;
    },
  };
}
