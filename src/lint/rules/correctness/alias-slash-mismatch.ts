import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { insertBehind } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const aliasSlashMismatch = defineRule({
  id: 'alias-slash-mismatch',
  category: 'correctness',
  severity: 'warning',
  summary: 'the location ends in a slash and its alias does not: names of files are glued to the name of the directory',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#alias'],
  on: {
    alias({ directive, scope }, { report }) {
      const at = scope.directive;
      const [path = ''] = directive.args;
      if (at?.name !== 'location' || path === '' || path.endsWith('/') || path.includes('$')) return;
      const { kind, name } = readLocationName(at.args);
      if (kind !== 'prefix' || !name.endsWith('/')) return;
      report({
        span: spanOfArgument(directive, 0),
        message: `GET ${name}a.png opens "${path}a.png"`,
        why: 'The alias takes the place of the location, and the slash goes with the location.',
        help: `write "alias ${path}/;"`,
        related: [{ message: 'ends in a slash', span: spanOfHead(at) }],
        fix: { title: 'end the alias in a slash', safety: 'unsafe', edits: [insertBehind(directive, 0, '/')] },
      });
    },
  },
});
