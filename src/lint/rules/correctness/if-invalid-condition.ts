import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const ifInvalidCondition = defineRule({
  id: 'if-invalid-condition',
  category: 'correctness',
  severity: 'error',
  summary: 'a condition that nginx does not understand',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if'],
  madeIn: 'model',
  advise: ({ directive: { args } }) => {
    const condition = args.join(' ');
    if (/&&|\|\|/.test(condition))
      return { help: 'one condition holds one comparison: join the values in a map, and test its result' };
    if (condition.includes('==')) return { help: 'write = instead of ==' };
    return /^\(\s*\w/.test(condition)
      ? { help: 'a condition starts with a variable, with $, or with -f, -d, -e, -x' }
      : undefined;
  },
});
