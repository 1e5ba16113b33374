import type { ConfigDirective } from '../config/config-tree.ts';
import { inLowerCase } from './address.ts';
import type { Model } from './build.ts';
import { definesVariable } from './defined-variables.ts';

/** A variable's name in an argument, or in the name of a line of data (`map`). */
export interface Mention {
  readonly directive: ConfigDirective;
  /** The argument; -1 for the name. */
  readonly index: number;
  /** As it is written, without `$` and braces. */
  readonly written: string;
  /** True where the directive gives the variable its value. */
  readonly defines: boolean;
}

/** Who mentions variables in a configuration. */
export interface Mentions {
  /** By name in lower case. */
  readonly byName: ReadonlyMap<string, readonly Mention[]>;
  /** True when a variable may be read where it cannot be seen: in Lua, njs, Perl or SSI. */
  readonly hasHidden: boolean;
}

const memory = new WeakMap<Model, Mentions>();

/** The mentions of all variables, gathered once. */
export function mentionsOf(model: Model): Mentions {
  let mentions = memory.get(model);
  if (!mentions) memory.set(model, (mentions = gather(model)));
  return mentions;
}

/** Directives behind which code reads variables by their names. */
const hidden = /_by_lua|^js_|^perl|^ssi$|^mruby_|^modsecurity|^echo|^vod$|^keyval$/;

function gather({ config }: Model): Mentions {
  const byName = new Map<string, Mention[]>();
  const names = new Map<string, boolean>();
  let hasHidden = false;
  const see = (directive: ConfigDirective): void => {
    const { name, children, node } = directive;
    let isHidden = names.get(name);
    if (isHidden === undefined) names.set(name, (isHidden = hidden.test(name)));
    if (isHidden || node.block?.raw) hasHidden = true;
    addMentions(directive, byName);
    if (children) for (const child of children) see(child);
  };
  for (const directive of config.directives) see(directive);
  return { byName, hasHidden };
}

function addMentions(directive: ConfigDirective, byName: Map<string, Mention[]>): void {
  const { name, args } = directive;
  for (let index = -1; index < args.length; index++) {
    const text = index < 0 ? name : (args[index] ?? '');
    if (!text.includes('$')) continue;
    const defines = index === definesVariable(directive);
    for (const [, written = ''] of text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
      const key = inLowerCase(written);
      const mention = { directive, index, written, defines };
      const known = byName.get(key);
      if (known) known.push(mention);
      else byName.set(key, [mention]);
    }
  }
}
