import { defineRule } from '../../rule.ts';

/** A comment that suppresses nothing is a lie about the line below it. */
export const unusedSuppression = defineRule({
  id: 'unused-suppression',
  category: 'meta',
  severity: 'warning',
  summary: 'a comment that suppresses a finding which is not there',
  fixable: 'safe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'lint',
});
