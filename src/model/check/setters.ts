import type { Entry } from '../lookup.ts';
import type { Call } from './call.ts';
import { type Setter, slotFor } from './slots.ts';

/** Setters that need more than the kind of value, by module (without `ngx_` and `_module`) and directive. */
const own: Readonly<Record<string, Setter>> = {
  'conf include': include,
};

/** ngx_conf_include */
function include({ run, directive, frame }: Call): void {
  run.includes?.(run, directive, (statements) => run.process(statements, frame));
}

const found = new Map<string, Setter>();

/** The setter of a directive in one of its meanings. */
export function setterOf({ module, name, facts }: Entry): Setter {
  const key = `${module.name.replace(/^ngx_|_module$/g, '')} ${name}`;
  return own[key] ?? (module.package === undefined ? simple(key, facts) : nothing);
}

function simple(key: string, facts: Entry['facts']): Setter {
  let setter = found.get(key);
  if (!setter) {
    const slot = slotFor(facts.value);
    const repeats = facts.repeat !== undefined && facts.repeat !== 'no';
    setter = !slot ? (repeats ? nothing : once) : repeats && facts.value?.kind !== 'bitmask' ? repeated(slot) : slot;
    found.set(key, setter);
  }
  return setter;
}

function nothing(): void {
  // what the directive takes is not known here
}

function once(call: Call): void {
  if (call.entry.facts.repeat === 'no') call.set(call.args);
}

/** The same checks without "is duplicate". */
function repeated(slot: Setter): Setter {
  return (call) => {
    call.frame.fields.delete(call.name);
    slot(call);
  };
}
