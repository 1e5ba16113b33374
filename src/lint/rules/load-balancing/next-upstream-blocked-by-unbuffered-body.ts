import { retriesOf } from '../../../model/failover.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { defineRule } from '../../rule.ts';

export const nextUpstreamBlockedByUnbufferedBody = defineRule({
  id: 'next-upstream-blocked-by-unbuffered-body',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a second try is wanted, and the body of the request is gone by then',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_request_buffering'],
  needs: passNames,
  check({ references, report }) {
    for (const pass of references.passes) {
      const { scope, protocol } = pass;
      const unbuffered = effectiveOne(scope, `${protocol}_request_buffering`);
      const wanted = effectiveOne(scope, `${protocol}_next_upstream`);
      if (pass.inStream || unbuffered?.directive.args[0] !== 'off' || !wanted || retriesOf(pass).reasons.has('off')) continue;
      if (!pass.upstreams.some((upstream) => usableServers(upstream).length > 1)) continue;
      report({
        span: spanOfHead(unbuffered.directive),
        message: 'a request with a body is not tried on another server once it has been sent',
        why: 'nginx passes the body on as it arrives and keeps none of it: after the first bytes nothing is left to send to the next server. Only a connection that cannot be made is tried elsewhere.',
        help: `leave "${protocol}_request_buffering off" out where a second try matters more than memory`,
        related: [
          { message: 'a second try is asked for here', span: spanOfHead(wanted.directive) },
          { message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) },
        ],
      });
    }
  },
});
