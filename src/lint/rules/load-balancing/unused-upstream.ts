import type { ConfigDirective } from '../../../config/config-tree.ts';
import { inLowerCase } from '../../../model/address.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const unusedUpstream = defineRule({
  id: 'unused-upstream',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'an upstream that nothing passes to',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  needs: ['upstream'],
  check({ references, model, report }) {
    const { config } = model;
    if (!config.closed || references.passes.length === 0) return;
    const unused = references.upstreams.filter(({ passes }) => passes.length === 0);
    if (unused.length === 0) return;
    const named = wordsIn(config.directives, new Set(unused.map(({ name }) => inLowerCase(name))));
    const dynamic = new Set(references.passes.filter(({ targets }) => !targets).map(({ inStream }) => inStream));
    const used = new Set(references.upstreams.filter(({ passes }) => passes.length > 0).map(keyOf));
    for (const upstream of unused) {
      if (named.has(inLowerCase(upstream.name)) || used.has(keyOf(upstream))) continue;
      const maybe = dynamic.has(upstream.inStream);
      report({
        span: spanOfHead(upstream.use.directive),
        severity: maybe ? 'info' : undefined,
        message: `nothing passes to upstream "${upstream.name}"${maybe ? ', unless a variable holds its name' : ''}`,
        why: 'Either it is a leftover, or a proxy_pass names another one than was meant.',
        help: 'pass to it, or remove it',
        fix: { title: 'remove the upstream', safety: 'unsafe', edits: [removeDirective(upstream.use.directive)] },
      });
    }
  },
});

/** The same for two upstreams of one name, of which duplicate-upstream speaks. */
function keyOf({ name, inStream }: Upstream): string {
  return `${inStream} ${inLowerCase(name)}`;
}

/** Which of the names stand anywhere else than in the head of an upstream: in a map, in Lua, in another module's directive. */
function wordsIn(directives: readonly ConfigDirective[], names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (text: string) => {
    for (const [word] of inLowerCase(text).matchAll(/[\w.-]+/g)) if (names.has(word)) found.add(word);
  };
  const walk = (all: readonly ConfigDirective[]) => {
    for (const { name, args, children, node, source } of all) {
      if (name !== 'upstream' && name !== 'zone') args.forEach(look);
      const raw = node.block?.raw;
      if (raw) look(source.text.slice(raw.start, raw.end));
      if (children) walk(children);
    }
  };
  walk(directives);
  return found;
}
