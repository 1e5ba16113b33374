import { defineRule } from '../../rule.ts';

/** A misspelt rule in a configuration file would be passed over in silence. */
export const invalidConfigFile = defineRule({
  id: 'invalid-config-file',
  category: 'meta',
  severity: 'error',
  summary: 'an nginxlint configuration file that says what cannot be done, or nothing',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'lint',
});
