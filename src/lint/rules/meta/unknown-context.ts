import { contextComment } from '../../../config/context-comment.ts';
import { contextOf } from '../../../schema/contexts.ts';
import { defineRule } from '../../rule.ts';

/** A misspelt `# nginxlint-context:` would be passed over in silence, and the file read as something else. */
export const unknownContext = defineRule({
  id: 'unknown-context',
  category: 'meta',
  severity: 'warning',
  summary: 'a `# nginxlint-context:` comment that names no context',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  check({ model, report }) {
    for (const file of model.config.files) {
      const comment = contextComment(file);
      if (!comment || contextOf(comment.path) !== undefined) continue;
      report({
        span: { source: file.source, start: comment.start, end: comment.end },
        message: `no context is called "${comment.path}"`,
        why: 'The comment has no effect: where this file belongs is guessed from its directives.',
        help: 'write http, http>server, http>server>location, http>upstream, stream>server or the like',
      });
    }
  },
});
