import type { Model } from '../../../model/build.ts';
import { textOf } from '../../../model/flow/atom.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { distinctValues, hashKeyOf } from '../../../model/hash-key.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { defineRule } from '../../rule.ts';

export const hashConstantKey = defineRule({
  id: 'hash-constant-key',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a hash of something that is the same for all requests, which therefore go to one server',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      if (!key || upstream.primaries.length < 2 || key.text === '' || hasHoleAround(model.config, upstream.scope)) continue;
      if (!isOneText(key.text, upstream, model) && !key.variables.every((name) => distinctValues(name, upstream) === 1)) continue;
      report({
        span: spanOfArgument(key.use.directive, 0),
        message: `"${key.text}" is the same for every request: one of the ${upstream.primaries.length} servers of "${upstream.name}" gets them all`,
        why: 'The others are idle until that one fails, and then the next one gets everything.',
        help: 'hash something that differs between clients or resources: $binary_remote_addr, $cookie_NAME, $host$uri',
        related:
          key.variables.length > 0
            ? [{ message: 'what is passed here does not differ in it', span: spanOfArgument(upstream.use.directive, 0) }]
            : undefined,
      });
    }
  },
});

/** True when the value is one and the same text wherever the upstream is used. */
function isOneText(value: string, { passes }: Upstream, model: Model): boolean {
  if (!value.includes('$')) return true;
  const texts = new Set<string>();
  for (const { scope } of passes) {
    for (const { atoms } of flowOf(model).expand(value, { scope }) ?? [{ atoms: null }]) {
      const text = atoms && textOf(atoms);
      if (text === null) return false;
      texts.add(text);
    }
    if (texts.size > 1) return false;
  }
  return texts.size === 1;
}
