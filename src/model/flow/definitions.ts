import type { ConfigDirective } from '../../config/config-tree.ts';
import { type Language, languageOf } from '../../regex/language.ts';
import { stream, streamServer, streamUpstream } from '../../schema/contexts.ts';
import { inLowerCase } from '../address.ts';
import { scopesAround } from '../inherited.ts';
import { type Scope, usesNamed } from '../scope.ts';

/** One line of a `map` and its like: when it counts, and what the variable then is. */
export interface Line {
  readonly directive: ConfigDirective;
  readonly value: string;
  /** Variables in the value are read (`map`), or it is text as it stands (`geo`). */
  readonly isScript: boolean;
  /** The text of the source that leads here, or the pattern that it matches; null for any other text. */
  readonly key: { readonly text: string } | { readonly match: Language | null } | null;
}

/** What a variable of a whole configuration is: lines to choose from, or something that is not known. */
export interface Definition {
  readonly directive: ConfigDirective;
  /** The value that is looked up; '' where it is no text. */
  readonly source: string;
  readonly lines: readonly Line[] | null;
}

/** The variables that blocks outside of servers define: by name in lower case. */
export type Definitions = ReadonlyMap<string, Definition>;

const unknownNames: Readonly<Record<string, number>> = { keyval: 1, js_set: 0, perl_set: 0, js_var: 0, auth_jwt_claim_set: 0 };

const defining: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', ...Object.keys(unknownNames)]);

/** Collects what `map`, `geo`, `split_clients` and the like define, for `http` or for `stream`. */
export function definitionsIn(root: Scope, inStream: boolean): Definitions {
  const definitions = new Map<string, Definition>();
  for (const { directive, scope } of usesNamed(root, defining)) {
    const found = isInStream(scope) === inStream ? definitionOf(directive) : undefined;
    if (found && !definitions.has(found.name)) definitions.set(found.name, found);
  }
  return definitions;
}

/** True in `stream` and everything in it. */
export function isInStream(scope: Scope): boolean {
  for (const { context } of scopesAround(scope)) if (context & (stream | streamServer | streamUpstream)) return true;
  return false;
}

function definitionOf(directive: ConfigDirective): (Definition & { readonly name: string }) | undefined {
  const { name, args } = directive;
  switch (name) {
    case 'map':
      return named(args[1], { directive, source: args[0] ?? '', lines: linesIn(directive, mapKey) });
    case 'geo':
      return named(args.at(-1), { directive, source: '', lines: linesIn(directive, () => null) });
    case 'split_clients':
      return named(args[1], { directive, source: '', lines: linesIn(directive, () => null) });
    default: {
      const at = Object.hasOwn(unknownNames, name) ? unknownNames[name] : undefined;
      return at === undefined ? undefined : named(args[at], { directive, source: '', lines: null });
    }
  }
}

function named(variable: string | undefined, definition: Definition): (Definition & { readonly name: string }) | undefined {
  return variable?.startsWith('$') ? { ...definition, name: inLowerCase(variable.slice(1)) } : undefined;
}

const notLines = new Set(['hostnames', 'volatile', 'ranges', 'proxy', 'proxy_recursive', 'delete']);

/** The lines of a block, with the empty default that it has when it names none; null when lines of it were not read. */
function linesIn(directive: ConfigDirective, keyOf: (key: string) => Line['key']): readonly Line[] | null {
  const children = directive.children ?? [];
  const followed = new Set(children.flatMap(({ includedBy }) => includedBy.map(({ node }) => node)));
  if (directive.node.block?.directives.some((node) => node.name.value === 'include' && !followed.has(node))) return null;
  const written = children.filter(({ name, args }) => args.length === 1 && !notLines.has(name));
  const isScript = directive.name === 'map';
  const lines = written.map((line) => ({ directive: line, value: line.args[0] ?? '', isScript, key: keyOf(line.name) }));
  const isWhole = written.some(({ name }) => name === 'default' || (name === '*' && directive.name === 'split_clients'));
  return isWhole ? lines : [...lines, { directive, value: '', isScript, key: null }];
}

function mapKey(key: string): Line['key'] {
  if (key === 'default') return null;
  if (!key.startsWith('~')) return { text: key.replace(/^\\/, '') };
  const caseless = key.startsWith('~*');
  return { match: languageOf(key.slice(caseless ? 2 : 1), caseless) };
}
