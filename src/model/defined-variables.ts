import type { ConfigDirective } from '../config/config-tree.ts';
import { isAtLeast } from '../schema/version.ts';
import type { Model } from './build.ts';
import { knownVariables } from './known-variables.ts';
import { scopesWithin, type Use } from './scope.ts';

/** Who would give a variable its value: a module by nginx's name, or a directive of the configuration by its own. */
export type Definer = { readonly module: string } | { readonly directive: string };

/** Which argument of a directive names the variable that it defines. */
const position: Readonly<Record<string, number>> = {
  set: 0,
  map: 1,
  num_map: 1,
  geo: -1,
  split_clients: 1,
  keyval: 1,
  auth_request_set: 0,
  auth_jwt_claim_set: 0,
  auth_jwt_header_set: 0,
  js_set: 0,
  js_var: 0,
  perl_set: 0,
};

/** Finds who defines a variable (in lower case, without `$`) of `http` in nginx; undefined when nginx would not know it. */
export function definerOf(name: string, model: Model, version: string): Definer | undefined {
  const uses = [...scopesWithin(model.root)].flatMap(({ uses }) => uses);
  const directive =
    uses.find((use) => defines(use, name))?.directive ??
    model.unknown.find(({ directive: { args } }) => names(args, name))?.directive;
  if (directive) return { directive: directive.name };
  return builtIn(name, version) ?? foreign(name, uses);
}

/** The argument of a directive that names the variable it defines; undefined when it defines none. */
export function definesVariable({ name, args }: ConfigDirective): number | undefined {
  const at = Object.hasOwn(position, name) ? position[name] : undefined;
  return at === -1 ? args.length - 1 : at;
}

/** True for a variable (in lower case) that a module of nginx's brings by itself, in whatever release. */
export function isBuiltIn(name: string): boolean {
  return knownVariables.some(({ name: own, prefix }) => (prefix ? name.startsWith(own) : name === own));
}

function builtIn(name: string, version: string): Definer | undefined {
  const known = knownVariables.find(
    ({ name: own, prefix, in: subsystem, since }) =>
      subsystem === 'http' &&
      (prefix ? name.startsWith(own) && name.length > own.length : name === own) &&
      (since === undefined || isAtLeast(version, since)),
  );
  return known && { module: known.modules[0] ?? 'an older nginx' };
}

function defines({ directive, entry: { module } }: Use, name: string): boolean {
  const { args, children } = directive;
  const at = Object.hasOwn(position, directive.name) ? position[directive.name] : undefined;
  if (at !== undefined) return isNamed(args.at(at), name);
  if (directive.name === 'geoip2') return (children ?? []).some((line) => isNamed(line.name, name));
  if (args.some((arg) => groupsIn(arg).includes(name))) return true;
  // What a third-party directive does with a variable is not known here.
  return module.package !== undefined && names(args, name);
}

function names(args: readonly string[], name: string): boolean {
  return args.some((arg) => isNamed(/^\w+=(\$.*)$/s.exec(arg)?.[1] ?? arg, name));
}

function isNamed(word: string | undefined, name: string): boolean {
  return word?.toLowerCase() === `$${name}`;
}

/** Named groups: they are variables even where the regular expression cannot be run. */
function groupsIn(pattern: string): string[] {
  return [...pattern.matchAll(/\(\?(?:P?<|')([A-Za-z_]\w*)[>']/g)].map(([, group = '']) => group.toLowerCase());
}

/** Third-party modules name their variables as they name their directives: `vod_path` beside `vod on`. */
function foreign(name: string, uses: readonly Use[]): Definer | undefined {
  const first = (text: string): string => text.split('_', 1)[0] ?? '';
  const use = uses.find(({ directive, entry }) => entry.module.package !== undefined && first(directive.name) === first(name));
  return use && { module: use.entry.module.name };
}
