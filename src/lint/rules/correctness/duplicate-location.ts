import { spanOfHead } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateLocation = defineRule({
  id: 'duplicate-location',
  category: 'correctness',
  severity: 'error',
  summary: 'two locations for the same path',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const text = directive.args.join(' ');
    const first = directive.parent?.children?.find(
      ({ name, args }) => name === 'location' && args.at(-1) === directive.args.at(-1) && args.join(' ') === text,
    );
    return {
      help: 'move what is in it into the first one',
      related: first && first !== directive ? [{ message: 'the first one', span: spanOfHead(first) }] : undefined,
    };
  },
});
