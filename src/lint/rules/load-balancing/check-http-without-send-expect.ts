import { checkOf } from '../../../model/health-check.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { serverAround } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const checkHttpWithoutSendExpect = defineRule({
  id: 'check-http-without-send-expect',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a health check over HTTP that asks, or accepts, the wrong thing by default',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check_http_send'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const upstream of references.upstreams) {
      const use = useIn(upstream.scope, 'check');
      if (!use || checkOf(model, upstream)?.type !== 'http' || hasHoleAround(model.config, upstream.scope)) continue;
      const send = useIn(upstream.scope, 'check_http_send');
      const expect = useIn(upstream.scope, 'check_http_expect_alive');
      if (send && expect) continue;
      const lines = [
        ...(send ? [] : [`check_http_send "HEAD / HTTP/1.0\\r\\nHost: ${siteOf(upstream)}\\r\\n\\r\\n";`]),
        ...(expect ? [] : ['check_http_expect_alive http_2xx;']),
      ];
      report({
        span: spanOfHead(use.directive),
        severity: send ? 'info' : undefined,
        message: send
          ? 'a redirect counts as a sign of life: check_http_expect_alive is http_2xx http_3xx by default'
          : 'the check sends "GET / HTTP/1.0" without a Host',
        why: send
          ? 'An application that cannot reach its database often still sends people to its login or error page, with 302.'
          : 'A back end with virtual hosts answers that with 400, 404 or the page of another site: it is taken for dead while it is well, or the other way round.',
        help: `write ${lines.map((line) => `"${line}"`).join(' and ')}, with a path that tells whether the application is well`,
        fix: { title: 'say what to ask and what to expect', safety: 'unsafe', edits: [insertAfter(use.directive, lines)] },
      });
    }
  },
});

/** The first name of a server that passes here; the upstream's when there is none. */
function siteOf({ passes, name }: Upstream): string {
  const names = passes.flatMap(({ scope }) => useIn(serverAround(scope), 'server_name')?.directive.args ?? []);
  return names.find((one) => /^[a-z0-9][a-z0-9.-]*$/i.test(one)) ?? name;
}
