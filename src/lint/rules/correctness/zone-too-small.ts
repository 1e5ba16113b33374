import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const zoneTooSmall = defineRule({
  id: 'zone-too-small',
  category: 'correctness',
  severity: 'error',
  summary: 'a shared memory zone of less than eight pages',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone'],
  madeIn: 'model',
  advise: ({ word, span }) => {
    const instead = word.replace(/^((?:\w+=)?(?:.*:)?)\d+[kKmM]?$/, '$164k');
    if (instead === word || /["'\\\s]/.test(span.source.text.slice(span.start, span.end))) return undefined;
    return {
      help: `write ${instead}`,
      fix: { title: `write "${instead}"`, safety: 'safe', edits: [replace(span, instead)] },
    };
  },
});
