import { retriesOf } from '../../../model/failover.ts';
import { effectiveOne, serverAround } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { usesIn } from '../../../model/scope.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const nextUpstreamNonIdempotent = defineRule({
  id: 'next-upstream-non-idempotent',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a POST that a server may have carried out is sent to the next one as well',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  needs: passNames,
  check({ references, report }) {
    for (const pass of references.passes) {
      const use = effectiveOne(pass.scope, `${pass.protocol}_next_upstream`);
      const index = use?.directive.args.indexOf('non_idempotent') ?? -1;
      const word = use?.directive.node.args[index];
      if (!use || !word || pass.inStream || !canRepeat(pass) || allowsOnlySafe(pass)) continue;
      report({
        span: spanOfArgument(use.directive, index),
        message: 'a POST, PATCH or LOCK may be carried out twice',
        why: 'When the answer is lost or late, nginx cannot know whether the server has acted on the request; it sends it to the next one all the same: two orders, two payments, two messages.',
        help: 'leave "non_idempotent" out: GET, PUT and DELETE, which may be repeated, are tried again without it',
        related: [{ message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
        fix: { title: 'remove "non_idempotent"', safety: 'unsafe', edits: [removeWord(use.directive, word)] },
      });
    }
  },
});

/** True when there can be a second try. */
function canRepeat(pass: Pass): boolean {
  const { tries, reasons } = retriesOf(pass);
  if (tries === 1 || reasons.has('off')) return false;
  return pass.upstreams.length === 0 || pass.upstreams.some((upstream) => usableServers(upstream).length > 1);
}

/** True when POST does not get here: `limit_except GET { deny all; }`, or a refusal by $request_method. */
function allowsOnlySafe({ scope }: Pass): boolean {
  const limit = usesIn(scope, 'limit_except').find(
    ({ directive }) => !directive.args.some((method) => /^(POST|PATCH|LOCK)$/i.test(method)),
  );
  if (limit?.opened && usesIn(limit.opened, 'deny').some(({ directive }) => directive.args[0] === 'all')) return true;
  const guards = [scope, serverAround(scope)].flatMap((at) => usesIn(at, 'if'));
  return guards.some(
    ({ directive, opened }) =>
      directive.args.some((word) => word.includes('$request_method')) &&
      directive.args.some((word) => word.startsWith('!')) &&
      opened !== null &&
      usesIn(opened, 'return').length > 0,
  );
}
