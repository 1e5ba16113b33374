import { isOpenToAll } from '../../../model/access.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { isOwnPath } from '../../web-sockets.ts';

export const autoindexEnabled = defineRule({
  id: 'autoindex-enabled',
  category: 'security',
  severity: 'warning',
  summary: 'everybody may list the files of a directory',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis'],
  settings: {
    allowPaths: {
      default: [
        'pub',
        'public',
        'download',
        'downloads',
        'mirror',
        'mirrors',
        'releases',
        'dist',
        'packages',
        'repo',
        'archive',
        'files',
      ],
      about: 'words in a path for which lists are made on purpose: they are an info',
    },
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_autoindex_module.html'],
  on: { autoindex: examine, fancyindex: examine },
});

function examine({ directive, scope }: Use, context: RuleContext): void {
  if (directive.args[0] !== 'on' || serverAround(scope).directive?.name !== 'server') return;
  if (hasHoleAround(context.model.config, scope) || !isOpenToAll(scope)) return;
  const isMeant = isOwnPath({ scope }, context.setting('allowPaths'));
  context.report({
    span: spanOfHead(directive),
    severity: isMeant ? 'info' : undefined,
    message: 'directories without an index file are listed to everybody',
    why: 'Backups, drafts and files that nobody links to are found by looking.',
    help: 'write "autoindex off;", or let only some in',
    fix: {
      title: 'list no directories',
      safety: 'unsafe',
      edits: [replace(spanOfArgument(directive, 0), 'off')],
    },
  });
}
