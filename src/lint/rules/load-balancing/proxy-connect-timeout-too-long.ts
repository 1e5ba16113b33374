import { shownTime } from '../../../model/failover.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { parseTime } from '../../../schema/values/time.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const families = ['proxy', 'grpc', 'fastcgi', 'uwsgi', 'scgi', 'memcached'];

export const proxyConnectTimeoutTooLong = defineRule({
  id: 'proxy-connect-timeout-too-long',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a limit for connecting that the system itself does not reach',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  settings: { max: { default: 75, about: 'seconds' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout'],
  on: Object.fromEntries(families.map((family) => [`${family}_connect_timeout`, check])),
});

function check({ directive }: Use, { report, setting }: RuleContext): void {
  const time = parseTime(directive.args[0] ?? '');
  const max = setting<number>('max');
  if (time === undefined || time <= max * 1000) return;
  const span = spanOfArgument(directive, 0);
  report({
    span,
    message: `a connection that takes ${shownTime(time)} is one that never comes`,
    why: 'Within a network a connection is made in milliseconds or not at all; the manual says of more than 75 s that it usually has no effect. Until then the client waits, and no other server is tried.',
    help: `write 5s, and a longer ${directive.name.replace('connect', 'read')} for answers that take their time`,
    fix: { title: `make it ${max}s`, safety: 'safe', edits: [replace(span, `${max}s`)] },
  });
}
