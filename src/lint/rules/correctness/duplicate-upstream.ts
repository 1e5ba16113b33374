import { spanOfHead } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateUpstream = defineRule({
  id: 'duplicate-upstream',
  category: 'correctness',
  severity: 'error',
  summary: 'two upstreams of one name',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const text = directive.args.join(' ');
    const first = directive.parent?.children?.find(
      ({ name, args }) => name === 'upstream' && args.at(-1) === directive.args.at(-1) && args.join(' ') === text,
    );
    return {
      help: 'move its servers into the first one, or give it a name of its own',
      related: first && first !== directive ? [{ message: 'the first one', span: spanOfHead(first) }] : undefined,
    };
  },
});
