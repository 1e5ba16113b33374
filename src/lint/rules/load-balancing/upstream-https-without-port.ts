import { isUnix } from '../../../model/address.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Pass } from '../../../model/references.ts';
import { defineRule } from '../../rule.ts';

export const upstreamHttpsWithoutPort = defineRule({
  id: 'upstream-https-without-port',
  category: 'load-balancing',
  severity: 'error',
  summary: 'https:// to an upstream whose server has no port, and so port 80',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const { name, servers, passes, inStream } of references.upstreams) {
      const pass = inStream ? undefined : passes.find(speaksTls);
      if (!pass) continue;
      for (const { use, address, down } of servers) {
        if (down || address.port !== '' || isUnix(address.host)) continue;
        const { end, source } = spanOfArgument(use.directive, 0);
        const isQuoted = use.directive.node.args[0]?.quote !== '';
        report({
          span: spanOfArgument(use.directive, 0),
          message: `TLS is spoken to port 80 of "${address.host}"`,
          why: `A server of an upstream without a port gets port 80, whatever the scheme in proxy_pass: the handshake fails, and requests to "${name}" get 502.`,
          help: 'write the port: ":443"',
          related: [{ message: 'passed on with TLS here', span: spanOfArgument(pass.use.directive, 0) }],
          fix: isQuoted
            ? undefined
            : { title: 'write port 443', safety: 'unsafe', edits: [{ span: { source, start: end, end }, text: ':443' }] },
        });
      }
    }
  },
});

function speaksTls({ targets }: Pass): boolean {
  return (targets ?? []).some(({ scheme }) => scheme === 'https' || scheme === 'grpcs');
}
