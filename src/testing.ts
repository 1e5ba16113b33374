/* `nginxlint/testing`: tests for rules of your own, in whatever runs tests: vitest, node:test, jest. */

import {
  applyEdits,
  type Diagnostic,
  display,
  type LintTextOptions,
  lintText,
  positionAt,
  type Rule,
  sourceText,
} from './index.ts';

/** A configuration, or a part of one, in which each line that is reported ends in `#~ acme/my-rule`. */
export interface RuleExample {
  readonly text: string;
  /** What the fixes make of it, without marks. */
  readonly fixed?: string;
  /** How to lint it: its context, settings, other files. */
  readonly options?: LintTextOptions;
}

/** What a rule leaves alone, and what it reports. */
export interface RuleExamples {
  readonly valid: readonly (string | RuleExample)[];
  readonly invalid: readonly (string | RuleExample)[];
}

/** What runs tests. */
export interface Runner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly test: (title: string, body: () => void) => unknown;
}

/** A mark: the rule that is expected to report its line (from 1), or with `#~^` the line above. */
export interface ExpectedFinding {
  readonly rule: string;
  readonly severity: string | undefined;
  readonly line: number;
}

/** Makes a test of each example. */
export function testRule(rule: Rule, { valid, invalid }: RuleExamples, { describe, test }: Runner): void {
  const testEach = (examples: RuleExamples['valid'], isReported: boolean) => {
    for (const [index, one] of examples.entries()) {
      const example = typeof one === 'string' ? { text: one } : one;
      test(`${isReported ? 'reports' : 'leaves alone'}: ${titleOf(example, index)}`, () =>
        checkExample(rule, example, isReported));
    }
  };
  describe(rule.id, () => {
    testEach(valid, false);
    testEach(invalid, true);
  });
}

/** The examples of a page: `nginx` blocks, those with marks reported ones; one headed `nginx fixed` belongs to the one above. */
export function examplesIn(markdown: string): RuleExamples {
  const examples: RuleExample[] = [];
  for (const [, words = '', text = ''] of markdown.matchAll(/^```nginx([^\n]*)\n(.*?)^```$/gms)) {
    const context = /\bcontext=(\S+)/.exec(words)?.[1];
    const above = examples.at(-1);
    if (!/\bfixed\b/.test(words)) examples.push({ text, ...(context !== undefined && { options: { context } }) });
    else if (above) examples[examples.length - 1] = { ...above, fixed: text };
  }
  const isMarked = ({ text }: RuleExample) => readMarks(text.split('\n')).marks.length > 0;
  return { valid: examples.filter((one) => !isMarked(one)), invalid: examples.filter(isMarked) };
}

/** Takes the marks out of lines. */
export function readMarks(lines: readonly string[]): {
  readonly lines: readonly string[];
  readonly marks: readonly ExpectedFinding[];
} {
  const marks: ExpectedFinding[] = [];
  const bare = lines.map((text, index) => {
    const [, before = text, up, names = ''] = /^(.*?)[ \t]*#~(\^?)\s*(.*)$/.exec(text) ?? [];
    for (const name of names.split(/\s+/).filter(Boolean)) {
      const [rule = '', severity] = name.split('=');
      marks.push({ rule, severity, line: index + 1 - (up ? 1 : 0) });
    }
    return before;
  });
  return { lines: bare, marks };
}

/** Throws when a rule does something else with an example than the example says. */
export function checkExample(rule: Rule, example: RuleExample, isReported: boolean): void {
  const { lines, marks } = readMarks(example.text.split('\n'));
  if (isReported !== marks.length > 0)
    throw new Error(isReported ? `no line is marked with #~ ${rule.id}` : 'a valid example has marks');
  const text = lines.join('\n');
  const found = findingsIn(rule, text, example);
  const expected = marks.map((mark) => `line ${mark.line}: ${mark.rule}`);
  const actual = found.map(({ span, rule: id }) => `line ${positionAt(span.source, span.start).line}: ${id}`);
  const differences = [
    ...expected.filter((one) => !actual.includes(one)).map((one) => `${one} is not reported`),
    ...found.filter((_, index) => !expected.includes(actual[index] ?? '')).map((one) => `${shown(one)} is not expected`),
  ];
  if (differences.length > 0) throw new Error(differences.join('\n'));
  if (example.fixed !== undefined) checkFixed(rule, text, example.fixed, found);
}

function checkFixed(rule: Rule, text: string, fixed: string, found: readonly Diagnostic[]): void {
  const [source = sourceText('', text)] = found.map(({ span }) => span.source);
  const edits = found.filter((one) => one.rule === rule.id).flatMap(({ fix }) => [...(fix?.edits ?? [])]);
  const edited = applyEdits(source, edits);
  if ('conflict' in edited) throw new Error('two fixes touch the same place');
  if (display(edited.text) !== fixed) throw new Error(`the fixes make another text:\n${display(edited.text)}`);
}

/** What the rule finds, and errors of ours: an example with a slip proves nothing. */
function findingsIn(rule: Rule, text: string, { options = {} }: RuleExample): readonly Diagnostic[] {
  const rules = { [rule.id]: 'on' as const, ...options.rules };
  const found = lintText(text, { filename: 'example.conf', ...options, rules, customRules: [rule] });
  return found.filter((one) => one.rule === rule.id || one.severity === 'error');
}

function shown({ span, message, rule }: Diagnostic): string {
  return `line ${positionAt(span.source, span.start).line}: ${rule} (${message})`;
}

function titleOf({ text }: RuleExample, index: number): string {
  return text.trim().split('\n')[0]?.slice(0, 60) || `example ${index + 1}`;
}
