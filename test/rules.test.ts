import { describe, expect, test } from 'vitest';
import { registry } from '../src/lint/registry.ts';
import type { Rule } from '../src/lint/rule.ts';
import { filesIn } from './support/files.ts';
import { type Found, fixExample, lintExample, mainFile } from './support/lint-example.ts';
import { type Example, type Mark, readPage } from './support/page.ts';

const pages = filesIn('src/lint/rules', '.md');
const headings = ['What is reported', 'Why it matters', 'What to write instead', 'What is left alone', 'References'];

describe('rules and pages', () => {
  test('each rule has a page, each page a rule', () => {
    expect(registry.map(pageOf).sort()).toEqual(pages);
  });
  test('ids are kebab-case and unique', () => {
    const ids = registry.map(({ id }) => id);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(registry.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readPage(pageOf(rule));
  const { examples } = page;

  test('its page says what the code says', () => {
    expect(page.title).toBe(id);
    expect(page.headings).toEqual(headings);
    const facts = [rule.severity, rule.category, `presets: ${rule.presets.join(', ')}`, `fix: ${rule.fixable || 'none'}`];
    expect(page.lines[2]).toBe(facts.join(' · '));
    expect(page.lines[4]).toBe(`${rule.summary[0]?.toUpperCase()}${rule.summary.slice(1)}.`);
    expect(page.lines.filter((line) => line.startsWith('- <'))).toEqual(rule.references.map((url) => `- <${url}>`));
  });

  test('its page shows it, leaves something alone, and fixes when it can', () => {
    expect(examples.some((example) => marksIn(example).some((mark) => mark.rule === id))).toBe(true);
    expect(examples.some((example) => marksIn(example).length === 0)).toBe(true);
    expect(examples.some(({ fixed }) => fixed !== undefined)).toBe(rule.fixable !== false);
  });

  test.each(examples.map((example) => [`${page.file}:${example.line}`, example] as const))('%s', (_, example) => {
    const found = lintExample(example, id);
    const marks = marksIn(example);
    const expected = (rule: string) => rule === id || marks.some((mark) => mark.rule === rule);
    const shown = found.filter(({ diagnostic }) => expected(diagnostic.rule) || diagnostic.severity === 'error');
    expect(shown.map((one) => nameOf(one, marks)).sort()).toEqual(marks.map(({ name }) => name).sort());
    for (const { diagnostic } of shown)
      expect(diagnostic.fix === undefined || safetyAllowed(rule, diagnostic.fix.safety)).toBe(true);
    checkFix(id, example);
  });
});

/** What is found must be what the block headed `fixed` shows, and must not be found again there. */
function checkFix(id: string, { fixed, ...example }: Example): void {
  if (!fixed) return;
  const text = fixExample(example, id, fixed.options.safe !== undefined);
  expect(withoutTrailingBlanks(text)).toBe(withoutTrailingBlanks(fixed.text));
  const again = lintExample({ ...example, text: fixed.text }, id);
  expect(again.filter(({ diagnostic }) => diagnostic.rule === id)).toEqual([]);
}

interface Expected extends Mark {
  readonly name: string;
}

function marksIn({ marks, files }: Example): readonly Expected[] {
  const all = [[mainFile, marks] as const, ...[...files].map(([name, text]) => [name, text.marks] as const)];
  return all.flatMap(([file, marks]) =>
    marks.map((mark) => ({ ...mark, name: `${file}:${mark.line} ${mark.severity ? `${mark.severity} ` : ''}${mark.rule}` })),
  );
}

/** A finding as a mark would write it; its severity only where the mark gives one. */
function nameOf({ diagnostic, file, line }: Found, marks: readonly Expected[]): string {
  const plain = `${file}:${line} ${diagnostic.rule}`;
  return marks.some(({ name }) => name === plain) ? plain : `${file}:${line} ${diagnostic.severity} ${diagnostic.rule}`;
}

function safetyAllowed({ fixable, madeIn }: Rule, safety: 'safe' | 'unsafe'): boolean {
  return madeIn !== undefined || (fixable !== false && (fixable === 'unsafe' || safety === 'safe'));
}

function pageOf({ id, category }: Rule): string {
  return `src/lint/rules/${category}/${id}.md`;
}

function withoutTrailingBlanks(text: string): string {
  return text.replace(/[ \t]+$/gm, '');
}
