import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Model } from '../../../model/build.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const unusedDefinition = defineRule({
  id: 'unused-definition',
  category: 'http',
  severity: 'info',
  summary: 'a log format, a cache or a named location that nothing refers to',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  ],
  each({ directive }, { model, report }) {
    const defined = definitionIn(directive);
    if (!defined || !model.config.closed || model.unknown.length > 0) return;
    const { words, code } = mentionsIn(model);
    if (words.has(defined.name) || code.some((text) => text.includes(defined.name))) return;
    if (defined.what === 'cache' && words.has(anyCache)) return;
    report({
      span: spanOfArgument(directive, defined.index),
      message: `nothing refers to the ${defined.what} "${defined.name}"`,
      why: 'It does nothing: either it is left over, or what was meant to use it names something else.',
      help: 'remove it, or name it where it was meant',
      fix: { title: 'remove it', safety: 'unsafe', edits: [removeDirective(directive)] },
    });
  },
});

interface Definition {
  readonly what: string;
  readonly name: string;
  readonly index: number;
}

/** What a directive defines, to be named elsewhere. */
function definitionIn({ name, args }: ConfigDirective): Definition | undefined {
  if (name === 'log_format' && args[0] !== 'combined') return { what: 'log format', name: args[0] ?? '', index: 0 };
  if (name === 'location' && args[0]?.startsWith('@')) return { what: 'location', name: args[0], index: 0 };
  if (!/^(?:proxy|fastcgi|uwsgi|scgi)_cache_path$/.test(name)) return undefined;
  const index = args.findIndex((word) => word.startsWith('keys_zone='));
  const zone = args[index]?.slice('keys_zone='.length).split(':')[0] ?? '';
  return zone === '' ? undefined : { what: 'cache', name: zone, index };
}

interface Words {
  /** All arguments that may be names, but those that define them. */
  readonly words: ReadonlySet<string>;
  /** Foreign code, which may name locations. */
  readonly code: readonly string[];
}

/** Stands for "the name is in a variable". */
const anyCache = '$';

const memory = new WeakMap<Model, Words>();

function mentionsIn(model: Model): Words {
  let found = memory.get(model);
  if (!found) memory.set(model, (found = gather(model.config.directives)));
  return found;
}

function gather(directives: readonly ConfigDirective[]): Words {
  const words = new Set<string>();
  const code: string[] = [];
  const see = (directive: ConfigDirective): void => {
    const { name, args, children, node, source } = directive;
    const own = definitionIn(directive)?.index;
    for (const [index, word] of args.entries()) {
      if (index !== own) words.add(word);
      if (word.includes('$') && /_cache$/.test(name)) words.add(anyCache);
    }
    if (node.block?.raw) code.push(source.text.slice(node.block.raw.start, node.block.raw.end));
    for (const child of children ?? []) see(child);
  };
  for (const directive of directives) see(directive);
  return { words, code };
}
