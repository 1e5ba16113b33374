import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfName } from '../../../model/place.ts';
import { type Scope, scopesWithin, usesIn } from '../../../model/scope.ts';
import { http } from '../../../schema/contexts.ts';
import { insertAtStart } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const compressing = ['gzip', 'gzip_static', 'brotli', 'brotli_static', 'zstd', 'zstd_static'];
const lines = ['gzip on;', 'gzip_types text/css application/javascript application/json image/svg+xml;'];

export const gzipNotEnabled = defineRule({
  id: 'gzip-not-enabled',
  category: 'performance',
  severity: 'hint',
  summary: 'no answer is compressed',
  fixable: 'unsafe',
  presets: ['performance'],
  references: ['https://nginx.org/en/docs/http/ngx_http_gzip_module.html'],
  on: {
    http({ directive, opened }, { model, report }) {
      if (opened?.context !== http || opened.children.length === 0 || compresses(opened)) return;
      if ([...scopesWithin(opened)].some((scope) => hasHoleAround(model.config, scope))) return;
      const edit = insertAtStart(directive, lines);
      report({
        span: spanOfName(directive),
        message: 'no answer is compressed',
        why: 'gzip is off unless it is written. Text shrinks to a quarter or less; on slow lines that decides how long a page takes.',
        help: 'write "gzip on;" with gzip_types, unless something in front compresses; leave out answers that hold secrets beside what clients send (BREACH)',
        fix: edit && { title: 'compress text', safety: 'unsafe', edits: [edit] },
      });
    },
  },
});

function compresses(block: Scope): boolean {
  for (const scope of scopesWithin(block))
    if (compressing.some((name) => usesIn(scope, name).some(({ directive }) => directive.args[0] !== 'off'))) return true;
  return false;
}
