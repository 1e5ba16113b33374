import { catalog } from '../modules/catalog.ts';
import { type Module, meaningsIn } from '../schema/module.ts';

/*
 * The catalog by the names of its directives. The binaries have another file in this one's place
 * (.tools/lazy-modules.mjs), which knows the names and loads a module when one of them is met.
 */

/** Every module by nginx's name, with the package that brings it, in nginx's build order. */
export const modules: readonly ModuleName[] = catalog;

let byName: Map<string, Module[]> | undefined;

/** What is known of a module before it is loaded. */
export type ModuleName = Pick<Module, 'name' | 'package'>;

/** The modules that have a directive of that name, in nginx's build order; only those that `isWanted`. */
export function modulesWith(name: string, isWanted: (module: ModuleName) => boolean = () => true): readonly Module[] {
  return (index().get(name) ?? []).filter(isWanted);
}

/** True for a name whose block holds foreign code in some module. */
export function mayBeForeign(name: string): boolean {
  return modulesWith(name).some((module) => meaningsIn(module, name).some(({ block }) => block && 'raw' in block));
}

/** Every name in the catalog. */
export function knownNames(): readonly string[] {
  return [...index().keys()];
}

function index(): Map<string, Module[]> {
  if (byName) return byName;
  byName = new Map();
  for (const module of catalog) {
    for (const name of Object.keys(module.directives)) {
      const known = byName.get(name);
      if (known) known.push(module);
      else byName.set(name, [module]);
    }
  }
  return byName;
}
