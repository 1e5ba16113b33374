import { insertBefore } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const noEventsBlock = defineRule({
  id: 'no-events-block',
  category: 'correctness',
  severity: 'error',
  summary: 'a whole configuration without an `events` block',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#events'],
  madeIn: 'model',
  advise: ({ directive }) => ({
    help: 'write events { } above it',
    fix: { title: 'add an events block', safety: 'safe', edits: [insertBefore(directive, ['events { }'])] },
  }),
});
