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
  let hasHidden = false;
  const see = (directive: ConfigDirective): void => {
    hasHidden ||= hidden.test(directive.name) || Boolean(directive.node.block?.raw);
    for (const mention of mentionsIn(directive)) {
      const key = inLowerCase(mention.written);
      const known = byName.get(key);
      if (known) known.push(mention);
      else byName.set(key, [mention]);
    }
    for (const child of directive.children ?? []) see(child);
  };
  for (const directive of config.directives) see(directive);
  return { byName, hasHidden };
}

function mentionsIn(directive: ConfigDirective): readonly Mention[] {
  const found: Mention[] = [];
  const defined = definesVariable(directive);
  for (let index = -1; index < directive.args.length; index++) {
    const text = index < 0 ? directive.name : (directive.args[index] ?? '');
    if (!text.includes('$')) continue;
    for (const written of namesIn(text)) found.push({ directive, index, written, defines: index === defined });
  }
  return found;
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
}
