import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveFor, ownerOf, settingScope } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { location, server } from '../../../schema/contexts.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const line = ['fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;'];

export const fastcgiScriptFilenameMissing = defineRule({
  id: 'fastcgi-script-filename-missing',
  category: 'correctness',
  severity: 'warning',
  summary: 'PHP is not told which file to run, and answers with an empty page',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param'],
  on: {
    fastcgi_pass(use, context) {
      const { scope, directive } = use;
      if (!isPhp(use) || effectiveFor(scope, 'fastcgi_param', 'SCRIPT_FILENAME') || !knowsParameters(scope, context)) return;
      const owner = ownerOf(scope, 'fastcgi_param');
      const last = owner?.uses.findLast(
        (one) => one.directive.name === 'fastcgi_param' && one.directive.source === directive.source,
      );
      context.report({
        span: spanOfHead(directive),
        message: owner
          ? 'SCRIPT_FILENAME is not among the parameters: PHP runs no file'
          : 'PHP is told nothing: no fastcgi_param is in force',
        why: 'php-fpm takes the file from SCRIPT_FILENAME and answers 200 with an empty page when there is none. The file "fastcgi_params" does not set it, "fastcgi.conf" does.',
        help: `write "${line[0]}"`,
        fix: {
          title: 'say which file to run',
          safety: 'unsafe',
          edits: [
            insertAfter(owner === undefined || owner === settingScope(scope) ? directive : (last?.directive ?? directive), line),
          ],
        },
      });
    },
  },
});

/** FastCGI is spoken by others too: the location, or where it is passed to, has to name PHP or its usual port. */
function isPhp({ directive, scope }: Use): boolean {
  const at = settingScope(scope).directive;
  const place = at?.name === 'location' ? at.args.join(' ') : '';
  return /php/i.test(place) || /php|:9000$/i.test(directive.args[0] ?? '');
}

/** A snippet's parameters may be set around the place that includes it. */
function knowsParameters(scope: Scope, { model }: RuleContext): boolean {
  if (hasHoleAround(model.config, scope)) return false;
  return ownerOf(scope, 'fastcgi_param') !== undefined || (model.root.context & (server | location)) === 0;
}
