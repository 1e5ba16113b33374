import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { replace } from '../../insert.ts';
import { versionEdit } from '../../keep-alive.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const keepaliveNeedsHttp11 = defineRule({
  id: 'keepalive-needs-http11',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a pool of idle connections that HTTP/1.0 never fills',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
  ],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      const keepalive = useIn(upstream.scope, 'keepalive');
      if (!keepalive || upstream.inStream || keepalive.directive.args[0] === '0') continue;
      for (const pass of upstream.passes) if (pass.protocol === 'proxy') checkPass(upstream, pass, context);
    }
  },
});

function checkPass(upstream: Upstream, pass: Pass, { model, options, report }: RuleContext): void {
  const version = effectiveOne(pass.scope, 'proxy_http_version');
  const { oldest, newest } = releasesOf(options);
  if (version ? version.directive.args[0] !== '1.0' : isAtLeast(oldest, '1.29.7') || hasHoleAround(model.config, pass.scope))
    return;
  const onlyBefore = !version && isAtLeast(newest, '1.29.7');
  const pool = useIn(upstream.scope, 'keepalive');
  report({
    span: version ? spanOfHead(version.directive) : spanOfArgument(pass.use.directive, 0),
    message: `requests to "${upstream.name}" go out as HTTP/1.0${onlyBefore ? ' before nginx 1.29.7' : ''}, so its keepalive pool stays empty`,
    severity: onlyBefore ? 'info' : undefined,
    why: 'nginx asks the back end to close the connection after each HTTP/1.0 response; none is ever kept.',
    help: 'write "proxy_http_version 1.1;" with "proxy_set_header Connection "";"',
    related: pool ? [{ message: 'the pool', span: spanOfHead(pool.directive) }] : [],
    fix: {
      title: 'speak HTTP/1.1 to the back end',
      safety: 'safe',
      edits: [version ? replace(spanOfArgument(version.directive, 0), '1.1') : versionEdit(pass)],
    },
  });
}
