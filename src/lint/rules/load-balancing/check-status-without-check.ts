import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const checkStatusWithoutCheck = defineRule({
  id: 'check-status-without-check',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a page for the state of checked servers, and no server is checked',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check_status'],
  on: {
    check_status({ directive, scope }, context) {
      const { upstreams } = context.references;
      if (
        upstreams.some((upstream) => useIn(upstream.scope, 'check')) ||
        !knowsEveryUpstream(context) ||
        hasHoleAround(context.model.config, scope)
      )
        return;
      context.report({
        span: spanOfHead(directive),
        message: 'check_status, but no upstream has a check',
        why: 'Without a checked server the page answers 500.',
        help: 'add "check interval=3000 rise=2 fall=3 timeout=1000 type=tcp;" to the upstream',
      });
    },
  },
});

/** In a fragment: some upstream is here, no include is missing, and nothing is passed to a name that must be defined elsewhere. */
function knowsEveryUpstream({ model, references }: RuleContext): boolean {
  if (model.config.closed) return true;
  if (references.upstreams.some((upstream) => hasHoleAround(model.config, upstream.scope))) return false;
  return (
    references.upstreams.length > 0 &&
    references.passes.every(({ upstreams, targets }) => upstreams.length > 0 || targets?.every(({ host }) => host.includes('.')))
  );
}
