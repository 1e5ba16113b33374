import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const versionUnavailableDirective = defineRule({
  id: 'version-unavailable-directive',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive that the release does not have yet, or no longer has',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/CHANGES'],
  madeIn: 'model',
});
