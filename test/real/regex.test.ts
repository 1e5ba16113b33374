import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compileRegex } from '../../src/regex/native.ts';
import { describeWith } from '../support/real.ts';

/* Every pattern that is translated matches what PCRE2 matches, with the same captures; the others are refused. */

const patterns = [
  '^/a$',
  '\\.php$',
  '(a|b)*c',
  '^(.+\\.php)(/.*)$',
  '(?i)abc',
  '[^]a]x',
  '[]a]+',
  'a{2,3}',
  '\\Qa.b\\E+',
  '\\d+\\s\\w',
  '(?<n>x)(?P<m>y)',
  "(?'q'z)",
  'x(?=y)',
  '(?<!a)b',
  '\\x41\\x{42}',
  '[[:alpha:]]+',
  '[a-\\d]',
  '[\\w-.]',
  '[\\w-]+',
  '(a)?b',
  '(?:(a)|b)+',
  '(?:(a)b)+',
  '\\h\\v',
  '.x',
  '(?s).x',
  'a++',
  '(?>a)',
  '\\1(a)',
  '[\\w.-]+@',
  '^$',
  'a|b',
  '\\bfoo\\b',
  '/\\.',
  '[\\x80-\\xff]+',
  '\\Afoo\\z',
  'foo\\Z',
  '(a*)*',
  '(?:a?)*',
  'a{3',
  'a{',
  '\\e\\t',
  '[\\b]',
  '(?i:Ab)c',
  '(?-i)x',
  '[[:^digit:]]',
  '\\N+',
  '\xe9',
  '(?#c)a',
  '(a',
  'a)',
  '[a',
  '*a',
  'a**',
  '[z-a]',
  '\\x{100}',
  '(?<n>a)(?<n>b)',
  '\\',
  '(?P=n)',
  '\\R',
  '\\K',
  'a{2}{3}',
  '[\\d\\-x]',
  '[[:word:]]',
  '[[:none:]]',
];
const subjects = [
  '/a',
  '/a\n',
  'x.php',
  'x.php\n',
  '/i.php/p',
  'ababc',
  'ABC',
  'xABCx',
  ']x',
  'bx',
  '\nx',
  'aaaa',
  'a.bbb',
  '1 w',
  'xy',
  'zz',
  'ab',
  'b',
  'AB',
  '12-d',
  'foo',
  'foo\n',
  'xfoo',
  '\t\v',
  'a',
  '\xe9',
  '\xc9',
  '/.',
  '@a@',
  'c',
  'abC',
  '{3',
  'a{3',
  'a{',
  '\x08',
  '\x1b\t',
  '\xa0\x85',
  'caf\xe9@b',
];

describeWith('pcre2test', 'regular expressions beside PCRE2', (program) => {
  test.each(
    patterns.flatMap(
      (pattern) =>
        [
          [pattern, false],
          [pattern, true],
        ] as const,
    ),
  )('%s, caseless: %s', (pattern, caseless) => {
    const compiled = compileRegex(pattern, { caseless });
    const theirs = ask(program, pattern, caseless);
    if ('unsupported' in compiled) return;
    if (!('regexp' in compiled)) {
      expect(theirs.refused, compiled.error).toBe(true);
      return;
    }
    expect(theirs.refused).toBe(false);
    const ours = subjects.map((subject) => trimmed(compiled.regexp.exec(subject) ?? []));
    expect(ours).toEqual(theirs.matches);
  });
});

/** What PCRE2 makes of a pattern: refused, or the captures for each subject. */
function ask(program: string, pattern: string, caseless: boolean) {
  const hex = (text: string, before: string) =>
    [...text].map((char) => before + char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const lines = subjects.map((subject) => `    ${hex(subject, '\\x')}`);
  const input = `/${hex(pattern, ' ')}/hex${caseless ? ',caseless' : ''}\n${lines.join('\n')}\n`;
  const { stdout } = spawnSync(program, ['-q'], { input, encoding: 'latin1' });
  const results = stdout.split(/\n(?= {4})/).slice(1);
  const matches = results.map((result) =>
    trimmed([...result.matchAll(/^ *\d+: (.*)$/gm)].map(([, text = '']) => (text === '<unset>' ? undefined : unescaped(text)))),
  );
  return { refused: /^Failed: error/m.test(stdout), matches };
}

function unescaped(text: string): string {
  return text.replace(/\\x\{?([0-9a-f]{2})\}?/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Without the groups at the end that took no part. */
function trimmed(captures: readonly (string | undefined)[]): (string | undefined)[] {
  const copy = [...captures];
  while (copy.length > 0 && copy.at(-1) === undefined) copy.pop();
  return copy;
}
