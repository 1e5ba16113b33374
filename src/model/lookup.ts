import { catalog } from '../modules/catalog.ts';
import type { BlockSpec, DirectiveFacts } from '../schema/directive.ts';
import type { Context } from '../schema/contexts.ts';
import { meaningsIn, type Module } from '../schema/module.ts';

/** One meaning of a directive's name: the facts and the module they come from. */
export interface Entry {
  readonly name: string;
  readonly module: Module;
  readonly facts: DirectiveFacts;
}

let byName: Map<string, Entry[]> | undefined;

/** Every meaning of a name in nginx's build order; empty when no known module has it. */
export function entriesOf(name: string): readonly Entry[] {
  return index().get(name) ?? [];
}

/** Every name in the catalog. */
export function knownNames(): Iterable<string> {
  return index().keys();
}

/** The meaning that nginx takes in `context`: the first whose contexts hold it (ngx_conf_handler). */
export function entryIn(name: string, context: Context): Entry | undefined {
  const all = entriesOf(name);
  return all.find(({ facts }) => facts.in & context && !facts.package) ?? all.find(({ facts }) => facts.in & context);
}

/** The context that a block opens when its directive stands in `context`; 0 when its block is data or there is none. */
export function opens(block: BlockSpec | undefined, context: Context): Context {
  if (!block) return 0;
  if ('opens' in block) return block.opens;
  if ('opensIn' in block) return block.opensIn.find(([outer]) => outer === context)?.[1] ?? 0;
  return 0;
}

function index(): Map<string, Entry[]> {
  if (byName) return byName;
  byName = new Map();
  for (const module of catalog) {
    for (const name of Object.keys(module.directives)) {
      const entries = byName.get(name) ?? [];
      for (const facts of meaningsIn(module, name)) entries.push({ name, module, facts: withPackage(facts, module) });
      byName.set(name, entries);
    }
  }
  return byName;
}

function withPackage(facts: DirectiveFacts, module: Module): DirectiveFacts {
  return module.package && !facts.package ? { ...facts, package: module.package } : facts;
}
