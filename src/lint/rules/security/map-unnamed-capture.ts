import { spanOfName } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { languageOf } from '../../../regex/language.ts';
import { http } from '../../../schema/contexts.ts';
import { isOpen } from '../../fixed-in.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const mapUnnamedCapture = defineRule({
  id: 'map-unnamed-capture',
  category: 'security',
  severity: 'info',
  summary: 'a map whose patterns have numbered groups changes $1 wherever its variable is read',
  fixable: false,
  presets: ['recommended', 'security'],
  references: ['https://nginx.org/en/security_advisories.html', 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map'],
  on: { map: look },
});

function look({ directive, scope }: Use, context: RuleContext): void {
  if ((scope.context & http) === 0 || isOpen({ stable: '1.30.4', mainline: '1.31.3' }, context.options) === 'no') return;
  for (const line of directive.children ?? []) {
    const [, caseless, pattern] = /^~(\*?)(.*)$/s.exec(line.name) ?? [];
    if (pattern === undefined || !/\$[1-9]/.test(line.args[0] ?? '')) continue;
    const language = languageOf(pattern, caseless === '*');
    if (!language || language.groups <= language.names.size) continue;
    context.report({
      span: spanOfName(line),
      message: 'reading this variable replaces $1 … $9 of whoever reads it',
      why: 'In a value such as "$1$mapped" the groups change while the value is put together; before nginx 1.30.4 and 1.31.3 that could read or write past the end of a buffer (CVE-2026-42533, CVE-2026-60005).',
      help: 'name the groups, "(?<name>…)", and write "$name"',
    });
  }
}
