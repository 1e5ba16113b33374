import { checkOf } from '../../../model/health-check.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Use, useIn, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Which types of check each directive has a meaning for. */
const helpers: Readonly<Record<string, readonly string[]>> = {
  check_http_send: ['http'],
  check_http_expect_alive: ['http', 'fastcgi'],
  check_fastcgi_param: ['fastcgi'],
  check_keepalive_requests: ['tcp', 'http', 'ssl_hello', 'mysql', 'ajp', 'fastcgi'],
};

export const checkHttpDirectiveIneffective = defineRule({
  id: 'check-http-directive-ineffective',
  category: 'load-balancing',
  severity: 'info',
  summary: 'what a health check is to send or expect, and the check is of a type that does neither',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      const { scope } = upstream;
      const check = useIn(scope, 'check');
      const type = checkOf(context.model, upstream)?.type;
      if (hasHoleAround(context.model.config, scope) || (check && !type)) continue;
      for (const [name, types] of Object.entries(helpers)) {
        if (type && types.includes(type)) continue;
        for (const use of usesIn(scope, name)) report(use, check, type, types[0] ?? '', context);
      }
    }
  },
});

function report(
  { directive }: Use,
  check: Use | undefined,
  type: string | undefined,
  wanted: string,
  { report }: RuleContext,
): void {
  const { name } = directive;
  const does = type === 'tcp' ? 'only connects' : 'sends what its own protocol wants';
  report({
    span: spanOfHead(directive),
    message: type ? `${name} has no effect on a check of type=${type}` : `${name} has no effect without "check"`,
    why: type
      ? `Such a check ${does}: a back end that answers every request with 500 is healthy to it.`
      : 'No server is checked.',
    help: type ? `write "type=${wanted}" in the check` : 'write "check interval=3000 rise=2 fall=3 timeout=1000 type=http;"',
    related: check && [{ message: 'the check', span: spanOfHead(check.directive) }],
  });
}
