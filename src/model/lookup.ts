import type { Context } from '../schema/contexts.ts';
import type { BlockSpec, DirectiveFacts } from '../schema/directive.ts';
import { type Module, meaningsIn } from '../schema/module.ts';
import { asName } from '../syntax/shared-words.ts';
import { modulesWith } from './modules.ts';

/** One meaning of a directive's name: the facts and the module they come from. */
export interface Entry {
  readonly name: string;
  readonly module: Module;
  readonly facts: DirectiveFacts;
}

const found = new Map<string, readonly Entry[]>();

/** Every meaning of a name in nginx's build order; empty when no known module has it. */
export function entriesOf(name: string): readonly Entry[] {
  let entries = found.get(name);
  if (!entries) {
    const modules = modulesWith(name);
    if (modules.length === 0) return none;
    entries = entriesIn(modules, asName(name));
    found.set(name, entries);
  }
  return entries;
}

/** The meanings of a name in some modules. */
export function entriesIn(modules: readonly Module[], name: string): readonly Entry[] {
  return modules.flatMap((module) => meaningsIn(module, name).map((facts) => ({ name, module, facts })));
}

const none: readonly Entry[] = [];

const placed = new Map<Context, Map<string, Entry>>();

/** The meaning that nginx takes in `context`: the first whose contexts hold it (ngx_conf_handler). */
export function entryIn(name: string, context: Context): Entry | undefined {
  let here = placed.get(context);
  if (!here) placed.set(context, (here = new Map()));
  const known = here.get(name);
  if (known) return known;
  const entry = entryAmongAll(name, context);
  if (entry) here.set(name, entry);
  return entry;
}

function entryAmongAll(name: string, context: Context): Entry | undefined {
  const all = entriesOf(name);
  return all.find(({ facts, module }) => facts.in & context && !module.package) ?? all.find(({ facts }) => facts.in & context);
}

/** The context that a block opens when its directive stands in `context`; 0 when its block is data or there is none. */
export function opens(block: BlockSpec | undefined, context: Context): Context {
  if (!block) return 0;
  if ('opens' in block) return block.opens;
  if ('opensIn' in block) return block.opensIn.find(([outer]) => outer === context)?.[1] ?? 0;
  return 0;
}
