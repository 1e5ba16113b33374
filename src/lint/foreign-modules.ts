import type { ConfigDirective, ConfigTree } from '../config/config-tree.ts';
import { entriesOf } from '../model/lookup.ts';

/** Dynamic modules that nginx's own builds come with; what they bring is in the catalog. */
const knownModules = /ngx_(http|stream|mail)_[a-z0-9_]*module|ngx_(http|stream|mail)_module|ngx_otel_module/;

/** True when the configuration loads a module whose directives and variables we do not know. */
export function loadsForeignModule({ directives }: ConfigTree): boolean {
  return directives.some(({ name, args: [file = ''] }) => name === 'load_module' && !knownModules.test(file));
}

/** True when the configuration loads a third-party module that brings a `sticky` of its own. */
export function loadsStickyModule({ directives }: ConfigTree): boolean {
  return directives.some(({ name, args: [file = ''] }) => name === 'load_module' && file.includes('sticky'));
}

/** nginx's own modules whose directives make variables in words of their own. */
const makesVariables = /^ngx_(http|stream)_(js|perl)_module$/;

/** The words of all directives that only modules from elsewhere have, with what is in their blocks: variables they may define. */
export function wordsOfForeignModules(directives: readonly ConfigDirective[]): ReadonlySet<string> {
  const words = new Set<string>();
  const look = (all: readonly ConfigDirective[], inside: boolean) => {
    for (const directive of all) {
      const { name, args, children } = directive;
      const isForeign = inside || isOfForeignModule(name);
      if (isForeign) for (const word of [name, ...args]) words.add(word);
      if (children) look(children, isForeign);
    }
  };
  look(directives, false);
  return words;
}

function isOfForeignModule(name: string): boolean {
  const entries = entriesOf(name);
  return entries.length > 0 && entries.every(({ module }) => isForeign(module));
}

function isForeign({ name, package: brought }: { readonly name: string; readonly package?: string }): boolean {
  return makesVariables.test(name) || (brought !== undefined && name !== 'ngx_http_upstream_check_module');
}
