import { display } from '../../../base/source-text.ts';
import type { Span } from '../../../diagnostics/diagnostic.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { patternTestOf } from '../../../model/pattern-test.ts';
import { spanOfArgument, spanOfName } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import type { Use } from '../../../model/scope.ts';
import { exponentialAttack } from '../../../regex/backtracking.ts';
import { languageOf } from '../../../regex/language.ts';
import { encodedPath, findClientData } from '../../client-data.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const regexRedos = defineRule({
  id: 'regex-redos',
  category: 'security',
  severity: 'warning',
  summary: 'a pattern on which a short text keeps a worker busy for long',
  fixable: false,
  presets: ['recommended', 'security'],
  references: [
    'https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS',
    'https://www.pcre.org/current/doc/html/pcre2api.html',
  ],
  on: {
    location(use, context) {
      const { kind, name, caseless } = readLocationName(use.directive.args);
      if (kind === 'regex') look({ pattern: name, caseless, isPath: true }, lastArgument(use), context);
    },
    rewrite: (use, context) =>
      look({ pattern: use.directive.args[0] ?? '', caseless: false, isPath: true }, spanOfArgument(use.directive, 0), context),
    if: lookAtCondition,
    map: lookAtMap,
  },
});

interface Pattern {
  readonly pattern: string;
  readonly caseless: boolean;
  readonly isPath: boolean;
}

function lastArgument({ directive }: Use): Span {
  return spanOfArgument(directive, directive.args.length - 1);
}

function lookAtCondition(use: Use, context: RuleContext): void {
  const test = patternTestOf(use.directive);
  if (!test || !isClients(`\${${test.variable}}`, use, context)) return;
  look({ pattern: test.pattern, caseless: test.caseless, isPath: false }, spanOfArgument(use.directive, test.index), context);
}

function lookAtMap(use: Use, context: RuleContext): void {
  const { directive } = use;
  const lines = (directive.children ?? []).filter(({ name }) => /^~.*[*+{]/s.test(name));
  if (lines.length === 0 || !isClients(directive.args[0] ?? '', use, context)) return;
  for (const line of lines) {
    const caseless = line.name.startsWith('~*');
    look({ pattern: line.name.slice(caseless ? 2 : 1), caseless, isPath: false }, spanOfName(line), context);
  }
}

function isClients(value: string, { scope }: Use, { model }: RuleContext): boolean {
  return findClientData(flowOf(model).expand(value, { scope }), () => true) !== undefined;
}

function look({ pattern, caseless, isPath }: Pattern, span: Span, { report }: RuleContext): void {
  if (!/\)[*+{]/.test(pattern)) return;
  const language = languageOf(pattern, caseless);
  const attack = language && exponentialAttack(language);
  if (!attack) return;
  const show = isPath ? encodedPath : display;
  const text = `${show(attack.prefix)}${show(attack.pump)}${show(attack.pump)}${show(attack.pump)}…${show(attack.suffix)}`;
  report({
    span,
    message: `matching takes twice as long for each further "${show(attack.pump)}" in "${text}"`,
    why: 'PCRE gives up after ten million steps, "pcre2_match() failed: -47", and the answer is 500. Until then the worker serves nobody else; a few such requests a second are enough.',
    help: 'write the repetition so that each text can be read in one way only: no repetition of a repetition, and no choice between parts that begin alike',
  });
}
