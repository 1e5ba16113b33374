import type { ConfigDirective } from '../config/config-tree.ts';
import { type Scope, scopesWithin, type Use } from './scope.ts';

/** The values that each variable can have; null when one of them is not known before a request. */
export type Constants = ReadonlyMap<string, readonly string[] | null>;

const defining: Readonly<Record<string, (use: Use) => Definition | undefined>> = {
  set: ({ directive: { args } }) => define(args[0], [args[1] ?? '']),
  map: ({ directive }) => define(directive.args[1], valuesIn(directive)),
  geo: ({ directive }) => define(directive.args.at(-1), valuesIn(directive)),
  split_clients: ({ directive }) => define(directive.args[1], valuesIn(directive)),
};

interface Definition {
  readonly name: string;
  readonly values: readonly string[];
}

const mostValues = 64;

/** Collects what `set`, `map`, `geo` and `split_clients` can give a variable. */
export function constantsIn(root: Scope): Constants {
  const known = new Map<string, readonly string[] | null>();
  for (const scope of scopesWithin(root)) {
    for (const use of scope.uses) {
      const definition = defining[use.directive.name]?.(use);
      if (definition) known.set(definition.name, together(known.get(definition.name), definition.values));
    }
  }
  return known;
}

/** Every text that a value with variables can become; null when a variable in it is not known. */
export function expand(text: string, constants: Constants): readonly string[] | null {
  let texts: readonly string[] = [''];
  for (const part of text.split(/(\$\w+|\$\{\w+\})/)) {
    const values = part.startsWith('$') ? constants.get(nameOf(part)) : [part];
    if (!values) return null;
    texts = texts.flatMap((start) => values.map((value) => start + value));
    if (texts.length > mostValues) return null;
  }
  return [...new Set(texts)];
}

function together(before: readonly string[] | null | undefined, values: readonly string[]): readonly string[] | null {
  if (before === null || values.some((value) => value.includes('$'))) return null;
  return [...new Set([...(before ?? []), ...values])];
}

function define(variable: string | undefined, values: readonly string[]): Definition | undefined {
  return variable?.startsWith('$') ? { name: nameOf(variable), values } : undefined;
}

function nameOf(variable: string): string {
  return variable.replace(/^\$\{?|\}$/g, '').toLowerCase();
}

const notEntries = new Set(['hostnames', 'volatile', 'include', 'ranges', 'proxy', 'proxy_recursive', 'delete']);

function valuesIn({ children }: ConfigDirective): readonly string[] {
  const entries = (children ?? []).filter(({ name, args }) => args.length === 1 && !notEntries.has(name));
  const values = entries.map(({ args }) => args[0] ?? '');
  return entries.some(({ name }) => name === 'default') ? values : [...values, ''];
}
