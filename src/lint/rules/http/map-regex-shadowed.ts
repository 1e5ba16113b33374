import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfName } from '../../../model/place.ts';
import { isWithin, type Language, languageOf } from '../../../regex/language.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** With more patterns than this in one map each is compared with so many before it. */
const mostCompared = 20;

/** Variables that hold names of hosts. */
const hosts = /^\$\{?(?:host|http_host|server_name|ssl_server_name|ssl_preread_server_name)\}?$/i;

export const mapRegexShadowed = defineRule({
  id: 'map-regex-shadowed',
  category: 'http',
  severity: 'warning',
  summary: 'a line of a `map` that is never chosen',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_map_module.html#map'],
  on: {
    map({ directive }, context) {
      const lines = directive.children ?? [];
      shadowed(lines, context);
      if (hosts.test(directive.args[0] ?? '') && !lines.some(({ name }) => name === 'hostnames')) unread(lines, context);
    },
  },
});

/** Patterns are tried in order: one whose texts an earlier one takes all is never reached. */
function shadowed(lines: readonly ConfigDirective[], { report }: RuleContext): void {
  const before: { readonly line: ConfigDirective; readonly language: Language }[] = [];
  for (const line of lines) {
    const language = line.name.startsWith('~') ? languageIn(line.name) : null;
    if (!language) continue;
    const earlier = before.slice(-mostCompared).find((one) => isWithin(language, one.language));
    const isHarmless = earlier?.line.args.join() === line.args.join();
    before.push({ line, language });
    if (!earlier) continue;
    report({
      span: spanOfName(line),
      message: `this line is never chosen: "${earlier.line.name}" matches whatever it matches`,
      why: 'A map tries its patterns in the order in which they stand, and takes the first that matches.',
      help: isHarmless ? 'take it out: both give the same value' : 'put it above that line, or make that pattern narrower',
      ...(isHarmless && { severity: 'info' as const }),
      related: [{ message: 'chosen instead', span: spanOfName(earlier.line) }],
    });
  }
}

/** `*.example.com` is a text like any other without `hostnames`. */
function unread(lines: readonly ConfigDirective[], { report }: RuleContext): void {
  for (const line of lines) {
    if (!/^(?:\*\.|\.\w)|\.\*$/.test(line.name)) continue;
    report({
      span: spanOfName(line),
      message: `"${line.name}" is compared letter by letter, and no host is called so`,
      why: 'Without "hostnames" in it a map knows no wildcards.',
      help: 'write "hostnames;" as the first line of the map',
    });
  }
}

function languageIn(name: string): Language | null {
  return name.startsWith('~*') ? languageOf(name.slice(2), true) : languageOf(name.slice(1));
}
