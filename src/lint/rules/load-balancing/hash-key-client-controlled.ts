import { hashKeyOf } from '../../../model/hash-key.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const forged = /^(http_(x_forwarded_for|x_real_ip|forwarded|true_client_ip|client_ip)|arg_\w+)$/;

export const hashKeyClientControlled = defineRule({
  id: 'hash-key-client-controlled',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a hash of a header or argument that clients choose as they like',
  fixable: 'unsafe',
  presets: ['load-balancing', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash',
    'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
  ],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      if (!key || upstream.primaries.length < 2) continue;
      const variable = key.variables.find((name) => forged.test(name));
      if (variable === undefined) continue;
      const isHeader = variable.startsWith('http_');
      const span = spanOfArgument(key.use.directive, 0);
      const hasRealIp =
        upstream.passes.length > 0 && upstream.passes.every(({ scope }) => effectiveOne(scope, 'set_real_ip_from'));
      report({
        span,
        message: `clients choose their server: $${variable} is whatever they send`,
        why: 'One client can send all its requests to one server, or to a chosen one, and overload it while the others are idle.',
        help: isHeader
          ? hasRealIp
            ? 'hash $binary_remote_addr: set_real_ip_from makes it the address of the client'
            : 'let set_real_ip_from and real_ip_header take the address from proxies you know, and hash $binary_remote_addr'
          : 'hash what the server gives out (a session cookie), or limit how often one client may ask',
        fix:
          isHeader && hasRealIp && key.variables.length === 1 && /^\$\{?\w+\}?$/.test(key.text)
            ? { title: 'hash the address that realip has found', safety: 'unsafe', edits: [replace(span, '$binary_remote_addr')] }
            : undefined,
      });
    }
  },
});
