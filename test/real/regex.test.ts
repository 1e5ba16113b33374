import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compileRegex } from '../../src/regex/native.ts';
import { dice } from '../support/mutate.ts';
import { describeWith } from '../support/real.ts';
import { features } from './regex-features.ts';
import { patternBy, textBy, texts } from './regex-grammar.ts';

/*
 * What is run matches what PCRE2 matches, with the same captures; what is refused, PCRE2 refuses; the rest is said to be
 * unsupported. Patterns by chance are the same for the same SEED.
 */

const seed = Number(process.env.SEED ?? 5);
const byChance = 600;
/** Of the features, no more than these may be left to PCRE. */
const mostUnsupported = 69;

/** A pattern and what it is tried on. */
interface Case {
  readonly pattern: string;
  readonly caseless: boolean;
  readonly subjects: readonly string[];
}

/** What became of a pattern: the groups for each subject, or no pattern. */
type Outcome = 'refused' | readonly string[];

describeWith('pcre2test', `regular expressions beside PCRE2, seed ${seed}`, (program) => {
  test('patterns for each feature', { timeout: 60_000 }, () => {
    const cases = features.flatMap((pattern) => [false, true].map((caseless): Case => ({ pattern, caseless, subjects: texts })));
    const { different, unsupported } = compare(program, cases);
    expect(different).toEqual([]);
    const left = [...new Set(unsupported)];
    expect(left.length, left.join('\n')).toBeLessThanOrEqual(mostUnsupported);
  });

  test('patterns by chance', { timeout: 60_000 }, () => {
    const roll = dice(seed);
    const cases = Array.from(
      { length: byChance },
      (): Case => ({
        pattern: patternBy(roll),
        caseless: roll() < 0.2,
        subjects: [...new Set(Array.from({ length: 25 }, () => textBy(roll)))],
      }),
    );
    const { different, unsupported } = compare(program, cases);
    expect(different).toEqual([]);
    expect(unsupported).toEqual([]);
  });
});

function compare(program: string, cases: readonly Case[]): { different: readonly string[]; unsupported: readonly string[] } {
  const theirs = outcomes(program, cases);
  const different: string[] = [];
  const unsupported: string[] = [];
  for (const [index, one] of cases.entries()) {
    const compiled = compileRegex(one.pattern, { caseless: one.caseless });
    const title = `${JSON.stringify(one.pattern)}${one.caseless ? ' caseless' : ''}`;
    const expected = theirs[index] as Outcome;
    if ('unsupported' in compiled) {
      unsupported.push(`${JSON.stringify(one.pattern)}: ${compiled.unsupported}`);
    } else if ('error' in compiled || expected === 'refused') {
      if ('error' in compiled !== (expected === 'refused'))
        different.push(`${title}: PCRE ${expected === 'refused' ? 'refuses' : 'takes'} it`);
    } else {
      for (const [at, subject] of one.subjects.entries()) {
        const got = shown(compiled.regexp.exec(subject));
        if (got !== expected[at]) different.push(`${title} on ${JSON.stringify(subject)}: ${got}, PCRE ${expected[at]}`);
      }
    }
  }
  return { different, unsupported };
}

/** One process for all: patterns and subjects in hexadecimal, an empty line behind each. */
function outcomes(program: string, cases: readonly Case[]): readonly Outcome[] {
  const hex = (text: string, before: string) =>
    [...text].map((char) => before + char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const input = cases.map(({ pattern, caseless, subjects }) => {
    const lines = subjects.map((subject) => `    ${hex(subject, '\\x')}\\=no_jit`);
    return `/${hex(pattern, ' ')} /hex${caseless ? ',caseless' : ''}\n${lines.join('\n')}\n\n`;
  });
  const { stdout } = spawnSync(program, ['-q'], { input: input.join(''), encoding: 'latin1', maxBuffer: 2 ** 28 });
  return stdout
    .split(/^\/(?= [0-9a-f ]*\/hex)/m)
    .slice(1)
    .map((block) => {
      if (/^Failed: error \d+ at offset/m.test(block)) return 'refused';
      return block
        .split(/\n(?= {4})/)
        .slice(1)
        .map(answerIn);
    });
}

/** The answer for one subject, as `shown` shows ours. */
function answerIn(block: string): string {
  return shown([...block.matchAll(/^ *\d+: (.*)$/gm)].map(([, text = '']) => (text === '<unset>' ? undefined : unescaped(text))));
}

function unescaped(text: string): string {
  return text.replace(/\\x\{?([0-9a-f]{2})\}?/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Without the groups at the end that took no part. */
function shown(captures: readonly (string | undefined)[] | null): string {
  const copy = [...(captures ?? [])];
  while (copy.length > 0 && copy.at(-1) === undefined) copy.pop();
  return copy.length === 0 ? 'no match' : copy.map((text) => (text === undefined ? '-' : JSON.stringify(text))).join(' ');
}
