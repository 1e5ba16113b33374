import { hasRealIp, proxyInFront } from '../../../model/behind-proxy.ts';
import { sortsByAddress } from '../../../model/hash-key.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

export const ipHashBehindProxy = defineRule({
  id: 'ip-hash-behind-proxy',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'clients are told apart by their address, and all have that of the proxy in front',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  settings: { behindProxy: { default: 'auto', about: 'is there a proxy in front: auto (look for signs), yes, no' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',
    'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
  ],
  needs: ['upstream'],
  check({ references, model, setting, report }) {
    const behindProxy = setting<string>('behindProxy');
    if (behindProxy === 'no') return;
    for (const upstream of references.upstreams) {
      const method = sortsByAddress(upstream);
      if (!method || upstream.inStream || upstream.primaries.length < 2) continue;
      const pass = upstream.passes.find(({ scope }) => {
        if (hasRealIp(scope) || hasHoleAround(model.config, scope)) return false;
        return behindProxy === 'yes' || proxyInFront(model, scope) !== undefined;
      });
      if (!pass) continue;
      const evidence = proxyInFront(model, pass.scope);
      report({
        span: spanOfHead(method.directive),
        severity: behindProxy === 'yes' || evidence?.strong ? undefined : 'info',
        message: `requests come through a proxy, so to ${method.directive.name} all clients are one: a single server of "${upstream.name}" gets them all`,
        why: 'The address of the connection is that of the proxy in front, the same for everybody, until realip replaces it.',
        help: 'name the proxy: "set_real_ip_from 10.0.0.0/8; real_ip_header X-Forwarded-For;", and the address is the client\'s',
        related: evidence
          ? [{ message: 'the configuration expects a proxy in front here', span: spanOfHead(evidence.use.directive) }]
          : undefined,
      });
    }
  },
});
