import { isMethod } from '../../../model/balancing.ts';
import { spanOfHead } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const lbMethodRedefined = defineRule({
  id: 'lb-method-redefined',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'two balancing methods in one upstream, of which the last one counts',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const earlier = (directive.parent?.children ?? []).filter(
      (one) => isMethod(one.name) && one.source === directive.source && one.node.start < directive.node.start,
    );
    return {
      why: `nginx balances by ${directive.name}; what stands above it has no effect.`,
      help: 'leave one method',
      related: earlier.map((one) => ({ message: 'forgotten', span: spanOfHead(one) })),
      fix: {
        title: `leave ${directive.name} alone`,
        safety: 'unsafe',
        edits: earlier.map(removeDirective),
      },
    };
  },
});
