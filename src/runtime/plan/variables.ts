import type { ConfigDirective } from '../../config/config-tree.ts';
import { partsOf } from '../../schema/values/script.ts';
import type { Script } from '../hooks.ts';
import { setLimitRate } from '../http/limit-rate.ts';
import type { Request } from '../http/request.ts';

/** Computes a variable; undefined when the request has none of that name. */
export type Getter = (r: Request) => string | undefined;

/** A variable whose name ends in `_` gets the rest of the name that was asked for. */
export type PrefixGetter = (r: Request, rest: string) => string | undefined;

/** Variables by name, without `$`. */
export type VariableTable = Readonly<Record<string, PrefixGetter>>;

interface Slot {
  get: Getter;
  /** Where the value that the configuration sets lies in `r.values`; -1 for computed ones. */
  index: number;
  known: boolean;
  /** It is known by the beginning of its name only. */
  isPrefixed: boolean;
  /** Directives that use it, for the message when nobody defines it. */
  readonly users: (ConfigDirective | null)[];
}

const nothing: Getter = () => undefined;

/** Variables of the request that may be set. */
const settersOfOwn: Readonly<Record<string, (r: Request, value: string) => void>> = {
  args: (r, value) => {
    r.args = value;
  },
  limit_rate: setLimitRate,
};

/**
 * All variables of one configuration (nginx: ngx_http_variables_init_vars). Names are looked up while scripts are
 * compiled, never while a request runs; who defines a name may come later in the file.
 */
export class Variables {
  /** How many values the configuration itself sets. */
  count = 0;
  /** How many variables more may be computed to compute one. */
  private depth = 100;
  private readonly slots = new Map<string, Slot>();
  private readonly tables: readonly VariableTable[];
  private readonly prefixes: { readonly prefix: string; readonly get: PrefixGetter }[] = [];

  constructor(tables: readonly VariableTable[]) {
    this.tables = tables;
    for (const table of tables) {
      for (const [name, get] of Object.entries(table)) if (name.endsWith('_')) this.prefixes.push({ prefix: name, get });
    }
  }

  /** Compiles a text; what is wrong with it is given to `fail`. */
  script(text: string, user: ConfigDirective | null, fail: (nginx: string) => void): Script {
    const parts = partsOf(text);
    if (typeof parts === 'string') {
      fail(parts);
      return () => '';
    }
    const scripts = parts.map((part): Script => {
      if (part.kind === 'literal') return () => part.text;
      if (part.kind === 'capture') return (r) => r.captures?.[part.index] ?? '';
      const slot = this.slot(part.name, user);
      return (r) => slot.get(r) ?? '';
    });
    return joined(scripts, parts.every(({ kind }) => kind === 'literal') ? text : undefined);
  }

  /** A closure for one variable, for logs, which tell a missing value from an empty one. */
  getter(name: string, user: ConfigDirective | null): Getter {
    const slot = this.slot(name, user);
    return (r) => slot.get(r);
  }

  /** The index in `r.values` of a variable that the configuration sets. */
  settable(name: string, onUnset?: (r: Request) => void): number {
    const slot = this.slot(name.toLowerCase(), undefined);
    const isNew = slot.index < 0;
    const index = this.indexOf(slot);
    // A name of its own comes before the beginning of names (ngx_http_variables_init_vars).
    if (slot.isPrefixed && onUnset) {
      const { get } = slot;
      if (isNew) slot.get = (r) => r.values[index] ?? get(r);
      return index;
    }
    if (!slot.known || slot.isPrefixed) slot.get = onUnset ? emptyUntilSet(index, onUnset) : (r) => r.values[index];
    slot.isPrefixed = false;
    slot.known = true;
    return index;
  }

  /** Sets a variable: one of the request's own is told (nginx: set_handler), others get their value. */
  setter(name: string, onUnset?: (r: Request) => void): (r: Request, value: string) => void {
    const own = settersOfOwn[name.toLowerCase()];
    if (own) return own;
    const index = this.settable(name, onUnset);
    return (r, value) => {
      r.values[index] = value;
    };
  }

  /** Gives a name a meaning. Unless it is volatile, the value is kept for the request, and `set` may replace it. */
  define(name: string, compute: (r: Request) => string, { volatile = false }: { readonly volatile?: boolean }): void {
    const slot = this.slot(name.toLowerCase(), undefined);
    const index = this.indexOf(slot);
    const guarded = (r: Request): string | undefined => this.evaluate(name, compute, r);
    slot.get = volatile
      ? (r) => r.values[index] ?? guarded(r)
      : (r) => {
          const known = r.values[index];
          return known === undefined ? (r.values[index] = guarded(r)) : known;
        };
    slot.isPrefixed = false;
    slot.known = true;
  }

  /** The value of any variable by name, at run time. */
  value(name: string, r: Request): string | undefined {
    const lower = name.toLowerCase();
    const get = this.slots.get(lower)?.get ?? this.builtIn(lower) ?? this.prefixed(lower);
    return get?.(r);
  }

  /** Names that are used and that nothing defines, with the directives that use them. */
  unknown(): { readonly name: string; readonly users: readonly (ConfigDirective | null)[] }[] {
    return [...this.slots]
      .filter(([, { known, users }]) => !known && users.length > 0)
      .map(([name, { users }]) => ({ name, users }));
  }

  /** A variable may be made of others, but not of itself (ngx_http_get_indexed_variable). */
  private evaluate(name: string, compute: (r: Request) => string, r: Request): string | undefined {
    if (this.depth === 0) {
      r.log('error', `cycle while evaluating variable "${name}"`);
      return undefined;
    }
    this.depth--;
    try {
      return compute(r);
    } finally {
      this.depth++;
    }
  }

  private indexOf(slot: Slot): number {
    if (slot.index < 0) slot.index = this.count++;
    return slot.index;
  }

  private slot(name: string, user: ConfigDirective | null | undefined): Slot {
    let slot = this.slots.get(name);
    if (!slot) {
      const own = this.builtIn(name);
      const get = own ?? this.prefixed(name);
      const isPrefixed = own === undefined && get !== undefined;
      slot = { get: get ?? nothing, index: -1, known: get !== undefined, isPrefixed, users: [] };
      this.slots.set(name, slot);
    }
    if (user !== undefined) slot.users.push(user);
    return slot;
  }

  private builtIn(name: string): Getter | undefined {
    for (const table of this.tables) {
      const get = Object.hasOwn(table, name) && !name.endsWith('_') ? table[name] : undefined;
      if (get) return (r) => get(r, '');
    }
    return undefined;
  }

  private prefixed(name: string): Getter | undefined {
    const match = this.prefixes.find(({ prefix }) => name.startsWith(prefix));
    if (!match) return undefined;
    const rest = name.slice(match.prefix.length);
    if (rest === '') return nothing;
    return (r) => match.get(r, rest);
  }
}

function emptyUntilSet(index: number, onUnset: (r: Request) => void): Getter {
  return (r) => {
    const known = r.values[index];
    if (known !== undefined) return known;
    onUnset(r);
    return (r.values[index] = '');
  };
}

function joined(scripts: readonly Script[], constant: string | undefined): Script {
  const [first, second, third] = scripts;
  if (constant !== undefined) return () => constant;
  if (!first) return () => '';
  if (!second) return first;
  if (!third) return (r) => first(r) + second(r);
  if (scripts.length === 3) return (r) => first(r) + second(r) + third(r);
  return (r) => {
    let text = '';
    for (const script of scripts) text += script(r);
    return text;
  };
}
