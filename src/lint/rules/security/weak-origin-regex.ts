import { display } from '../../../base/source-text.ts';
import type { Span } from '../../../diagnostics/diagnostic.ts';
import { patternTestOf } from '../../../model/pattern-test.ts';
import { spanOfArgument, spanOfName } from '../../../model/place.ts';
import { type Use, usesIn } from '../../../model/scope.ts';
import { languageOf } from '../../../regex/language.ts';
import { type OriginHeader, weaknessOf } from '../../origins.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const headers: readonly string[] = ['http_origin', 'http_referer'];

export const weakOriginRegex = defineRule({
  id: 'weak-origin-regex',
  category: 'security',
  severity: 'error',
  summary: 'a pattern for origins or referers that foreign sites match, too',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: {
    domains: { default: [], about: 'names that are allowed, with those below them; empty: what the pattern spells out' },
    httpsOnly: { default: false, about: 'whether origins without encryption are weak, too' },
  },
  references: [
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
  ],
  on: { if: lookAtCondition, map: lookAtMap },
});

function lookAtCondition(use: Use, context: RuleContext): void {
  const test = patternTestOf(use.directive);
  if (!test || !headers.includes(test.variable) || (!test.negative && refuses(use))) return;
  look(
    { text: test.pattern, caseless: test.caseless },
    test.variable as OriginHeader,
    spanOfArgument(use.directive, test.index),
    context,
  );
}

/** `if ($http_referer ~ spam) { return 403; }` lists what is bad. */
function refuses({ opened }: Use): boolean {
  return opened !== null && usesIn(opened, 'return').some(({ directive }) => /^4\d\d$/.test(directive.args[0] ?? ''));
}

function lookAtMap({ directive }: Use, context: RuleContext): void {
  const source = /^\$\{?(\w+)\}?$/.exec(directive.args[0] ?? '')?.[1]?.toLowerCase() ?? '';
  if (!headers.includes(source)) return;
  for (const line of directive.children ?? []) {
    const [, caseless, text] = /^~(\*?)(.*)$/s.exec(line.name) ?? [];
    // What a referer is mapped to says nothing about whether it is welcome.
    const welcome =
      source === 'http_origin' ? !['', '0', 'off', 'no'].includes(line.args[0] ?? '') : /\$/.test(line.args[0] ?? '');
    if (text !== undefined && welcome)
      look({ text, caseless: caseless === '*' }, source as OriginHeader, spanOfName(line), context);
  }
}

function look(
  pattern: { readonly text: string; readonly caseless: boolean },
  header: OriginHeader,
  span: Span,
  context: RuleContext,
): void {
  // A referer can be asked for its path alone.
  if (header === 'http_referer' && !/:\\?\/|[\w-]\\?\.[a-z]{2,}/i.test(pattern.text)) return;
  const language = languageOf(pattern.text, pattern.caseless);
  if (!language) return;
  const domains = context.setting<readonly string[]>('domains');
  const weakness = weaknessOf(language, header, { domains, httpsOnly: context.setting('httpsOnly') });
  if (!weakness) return;
  const isOrigin = header === 'http_origin';
  const text = display(weakness.text);
  context.report({
    span,
    severity: weakness.kind === 'near' ? 'info' : weakness.kind === 'plain' || !isOrigin ? 'warning' : undefined,
    message: `this pattern lets ${weakness.kind === 'plain' ? 'an origin without encryption' : 'a foreign site'} through: "${text}"`,
    why: reasons[weakness.kind],
    help: 'write "^https://" before the names, a backslash before each dot, and "$" (for a referer "/") behind them',
  });
}

const reasons = {
  foreign: 'Whoever registers that name is treated as one of your own sites.',
  near: 'A dot without a backslash stands for any character. Here nobody can register the names that it lets through, as far as known; in another pattern they can.',
  plain: 'Whoever sits on the network between writes what they like into pages without encryption, and asks from there.',
} as const;
