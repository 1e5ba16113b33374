import { defineRule } from '../../rule.ts';

/** A misspelt or expired comment would be passed over in silence. */
export const invalidSuppression = defineRule({
  id: 'invalid-suppression',
  category: 'meta',
  severity: 'warning',
  summary: 'a comment that should suppress findings, and has no effect or no end',
  fixable: 'unsafe',
  presets: ['recommended'],
  settings: {
    requireReason: { default: false, about: 'whether `-- reason` must be there' },
    allowUnscoped: { default: false, about: 'whether a comment that names no rule suppresses all of them' },
  },
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'lint',
});
