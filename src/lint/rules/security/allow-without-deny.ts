import { asksForProof, isInternal } from '../../../model/access.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, useIn, usesIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const allowWithoutDeny = defineRule({
  id: 'allow-without-deny',
  category: 'security',
  severity: 'error',
  summary: '"allow" without "deny" in its block: everybody is let in',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis', 'stig'],
  references: ['https://nginx.org/en/docs/http/ngx_http_access_module.html'],
  on: {
    allow({ directive, scope }, { model, report }) {
      const allows = usesIn(scope, 'allow');
      const last = allows.at(-1)?.directive;
      if (!last || allows[0]?.directive !== directive || useIn(scope, 'deny')) return;
      if (allows.some(({ directive: { args } }) => args[0] === 'all') || isGuardedOtherwise(scope)) return;
      // A snippet's "deny all" may stand where it is included.
      if (!scope.directive || hasHoleAround(model.config, scope)) return;
      report({
        span: spanOfHead(directive),
        message:
          allows.length === 1
            ? `everybody is let in, not only ${directive.args[0]}`
            : `everybody is let in, not only these ${allows.length} addresses`,
        why: 'An address that no rule of the block matches is allowed, and the rules of outer blocks do not count beside own ones.',
        help: 'write "deny all;" behind the last allow',
        fix: { title: 'refuse all others', safety: 'unsafe', edits: [insertAfter(last, ['deny all;'])] },
      });
    },
  },
});

/** Nobody comes here from outside, or an address that is not known has to log in (ngx_http_core_access_phase). */
function isGuardedOtherwise(scope: Scope): boolean {
  return isInternal(scope) || (effectiveOne(scope, 'satisfy')?.directive.args[0] === 'any' && asksForProof(scope));
}
