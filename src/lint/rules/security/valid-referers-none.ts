import { settingScope } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { removeWord } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const media = /jpe?g|png|gif|webp|avif|svg|mp[34]|webm|flv|css|js|ico|pdf|zip/;

export const validReferersNone = defineRule({
  id: 'valid-referers-none',
  category: 'security',
  severity: 'warning',
  summary: 'a check of the Referer header that a request without one passes',
  fixable: 'unsafe',
  presets: ['security'],
  references: ['https://nginx.org/en/docs/http/ngx_http_referer_module.html#valid_referers'],
  on: { valid_referers: look },
});

function look({ directive, scope }: Use, { report }: RuleContext): void {
  const index = directive.args.indexOf('none');
  const word = directive.node.args[index];
  if (!word) return;
  const isHotLinking = media.test(settingScope(scope).directive?.args.at(-1) ?? '');
  report({
    span: spanOfArgument(directive, index),
    severity: isHotLinking ? 'info' : undefined,
    message: 'a request without a Referer header passes this check',
    why: 'Any page can leave the header out with "Referrer-Policy: no-referrer": as protection against requests from foreign sites the check is worth nothing.',
    help: 'remove "none"; people who hide where they come from are then refused',
    fix:
      directive.args.length > 1
        ? { title: 'refuse requests without a Referer header', safety: 'unsafe', edits: [removeWord(directive, word)] }
        : undefined,
  });
}
