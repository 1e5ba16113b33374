import { defineRule } from '../../rule.ts';

/** Other checkers' comments work, so that a project can change over without editing its files. */
export const foreignSuppression = defineRule({
  id: 'foreign-suppression',
  category: 'meta',
  severity: 'info',
  summary: 'a suppression in the words of nginx-lint or gixy',
  fixable: 'safe',
  presets: ['recommended'],
  references: ['https://github.com/walf443/nginx-lint#ignore-comments', 'https://github.com/dvershinin/gixy'],
  madeIn: 'lint',
});
