import { defineRule } from '../../rule.ts';

export const emptyConfig = defineRule({
  id: 'empty-config',
  category: 'syntax',
  severity: 'warning',
  summary: 'the file has no directive',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  check({ model: { config }, report }) {
    const { source, directives, comments, skipped, placeholders } = config.root;
    if (directives.length > 0 || skipped.length > 0 || placeholders) return;
    const [first] = comments;
    const start = first?.start ?? 0;
    report({
      span: { source, start, end: first?.end ?? Math.min(1, source.text.length) },
      message: first ? 'everything in this file is a comment' : 'this file is empty',
      why: 'As a nginx.conf it is refused, for it has no events block; as a snippet it does nothing. Often a deployment failed, or wrote the file somewhere else.',
      help: 'write what belongs here, or delete the file and the include that names it',
    });
  },
});
