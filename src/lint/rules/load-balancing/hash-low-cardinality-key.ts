import { distinctValues, hashKeyOf } from '../../../model/hash-key.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

export const hashLowCardinalityKey = defineRule({
  id: 'hash-low-cardinality-key',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a hash of something that has only a few values, too few for the servers',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      if (!key || upstream.primaries.length < 2 || hasHoleAround(model.config, upstream.scope)) continue;
      const counts = key.variables.map((name) => distinctValues(name, upstream));
      const values = counts.reduce<number | undefined>((all, count) => all && count && all * count, 1);
      if (counts.length === 0 || values === undefined || values === 1) continue;
      const usual = key.variables.includes('request_method');
      if (values > upstream.primaries.length && !usual) continue;
      report({
        span: spanOfArgument(key.use.directive, 0),
        message: `"${key.text}" has about ${values} values for the ${upstream.primaries.length} servers of "${upstream.name}"`,
        why: usual
          ? 'Nearly all requests are GET: the server that GET belongs to gets nearly everything.'
          : 'Each value belongs to one server, and two of them may well belong to the same: servers without one are idle.',
        help: 'hash something that differs between clients or resources: $binary_remote_addr, $cookie_NAME, $host$uri',
      });
    }
  },
});
