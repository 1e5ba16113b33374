import { describe, expect, test } from 'vitest';
import { bug } from '../../src/base/bug.ts';
import { seededRandom } from '../../src/host/seeded-random.ts';
import {
  bytesOfGroup,
  isAnchoredAtEnd,
  isAnchoredAtStart,
  isWithin,
  type Language,
  languageOf,
  literalPrefix,
  matchesEverything,
  textBetween,
  textWithGroup,
} from '../../src/regex/language.ts';
import { Matcher } from '../../src/regex/matcher.ts';

function read(pattern: string, caseless = false): Language {
  return languageOf(pattern, caseless) ?? bug(`${pattern} is not read`);
}

describe('a group can hold', () => {
  test.each<[pattern: string, group: number, text: string, found: unknown]>([
    ['^/a/([^/]+)/', 1, '\n', { text: '/a/\n/' }],
    ['^/a/(.*)', 1, '\n', 'none'],
    ['^/a/((?s).*)', 1, '\n', { text: '/a/\n' }],
    ['/proxy/(a|b)/(\\W*)$', 2, '\n', { text: '/proxy/a/\n' }],
    ['/proxy/(a|b)/(\\W*)$', 1, '\n', 'none'],
    ['^/(.*?)(.*)$', 1, 'x', 'unknown'],
    ['^/(\\w+)\\.html$', 1, '.', 'none'],
    ['^/(?=[a-z])(.+)$', 1, '.', 'unknown'],
    ['(?<!x)([0-9])', 1, '5', { text: '5' }],
  ])('%s group %i: %j', (pattern, group, text, found) => {
    expect(textWithGroup(read(pattern), { group, text, where: 'anywhere' })).toEqual(found);
  });

  test.each<[pattern: string, text: string, found: unknown]>([
    ['^/i/(.*)$', '../', { text: '/i/../' }],
    ['^/i/(.+\\.jpg)$', '../', { text: '/i/../.jpg' }],
    ['^/i/([^.]+)$', '..', 'none'],
    ['^/i/(x.*)$', '..', 'none'],
    ['^/(en|fr)/', '..', 'none'],
  ])('%s begins with %j', (pattern, text, found) => {
    expect(textWithGroup(read(pattern), { group: 1, text, where: 'start' })).toEqual(found);
  });

  test('what its subject allows', () => {
    const wanted = { group: 1, text: '/', where: 'anywhere' } as const;
    expect(textWithGroup(read('(.*)'), wanted, [read('^[a-z]*$')])).toBe('none');
    expect(textWithGroup(read('(.*)'), wanted, [read('^/[a-z]*')])).toEqual({ text: '/' });
  });
});

test.each<[pattern: string, group: number, holds: string, never: string]>([
  ['^/([a-c]+)/(.*)$', 1, 'abc', '/d\n'],
  ['^/([a-c]+)/(.*)$', 2, 'xyz/', '\n'],
  ['^/([a-c]+)$', 0, '/a', 'd'],
  ['^/x', 3, '', 'x'],
])('bytes of %s group %i', (pattern, group, holds, never) => {
  const bytes = bytesOfGroup(read(pattern), group);
  expect([...holds].every((char) => bytes[char.charCodeAt(0)] === 1)).toBe(true);
  expect([...never].some((char) => bytes[char.charCodeAt(0)] === 1)).toBe(false);
});

test.each<[pattern: string, start: boolean, end: boolean, prefix: string]>([
  ['^/files/(.*)$', true, true, '/files/'],
  ['/files/', false, false, ''],
  ['^(?:/a)b?', true, false, '/a'],
  ['^a$|^b\\z', true, true, ''],
  ['^a|b$', false, false, ''],
  ['(?:^a)', true, false, 'a'],
  ['(?!x)^y', true, false, 'y'],
  ['^/A', true, false, '/A'],
])('%s: anchored %s %s, begins with %j', (pattern, start, end, prefix) => {
  const language = read(pattern);
  expect([isAnchoredAtStart(language.node), isAnchoredAtEnd(language.node)]).toEqual([start, end]);
  expect(literalPrefix(language)).toBe(prefix);
});

test.each<[pattern: string, other: string, within: boolean | undefined]>([
  ['^/api/v1/', '^/api/', true],
  ['^/api/', '^/api/v1/', false],
  ['\\.php$', '\\.ph', true],
  ['\\.jpe?g$', '\\.(jpg|jpeg|png)$', true],
  ['^/(a|b){2,3}$', '^/[ab]+$', true],
  ['^/[ab]+$', '^/(a|b){2,3}$', false],
  ['^/a\\b', '^/a', true],
  ['^/a', '^/a\\b', undefined],
  ['^/(?!x)', '^/', true],
  ['^a$', '^a\\z', false],
])('%s is within %s: %s', (pattern, other, within) => {
  expect(isWithin(read(pattern), read(other))).toBe(within);
});

test.each<[pattern: string, everything: boolean]>([
  ['', true],
  ['.*', true],
  ['^', true],
  ['.', false],
  ['^.*$', false],
  ['(?s)^.*$', true],
  ['a*', true],
])('%s matches everything: %s', (pattern, everything) => {
  expect(matchesEverything(read(pattern))).toBe(everything);
});

test('a text between', () => {
  expect(textBetween([read('^https://example.com$')], [read('^https://example\\.com$')])).toEqual({
    text: 'https://exampleacom',
  });
  expect(textBetween([read('A', true)], [read('a')])).toEqual({ text: 'A' });
  expect(textBetween([read('^(?=a)b')])).toBe('unknown');
});

test('a pattern that would be huge is not unfolded, and what is said stays true', () => {
  const large = read('^(?:(?:a{1,60}){1,60}){60}$');
  expect(large.automaton.states.length).toBeLessThan(20_000);
  expect(isWithin(read('^b$'), large)).not.toBe(true);
  expect(textBetween([large, read('b')])).toBe('none');
});

test('machines match what regular expressions match', () => {
  const random = seededRandom(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] ?? bug('nothing to pick');
  const piece = (depth: number): string => {
    const atom =
      depth > 2
        ? pick(['a', 'b', '.', '[^a]', '\n'])
        : pick(['a', 'b', '.', '^', '$', '\\z', `(${choice(depth + 1)})`, `(?:${choice(depth + 1)})`]);
    const repeatable = !['^', '$', '\\z'].includes(atom);
    return repeatable ? atom + pick(['', '', '', '*', '+', '?', '{2}', '{1,2}', '*?']) : atom;
  };
  const choice = (depth: number): string =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => piece(depth)).join(''),
    ).join('|');
  let compared = 0;
  for (let round = 0; round < 3000; round++) {
    const language = languageOf(choice(0));
    if (!language?.regexp || !language.automaton.exact) continue;
    const text = Array.from({ length: Math.floor(random() * 6) }, () => pick(['a', 'b', 'c', '\n'])).join('');
    const matcher = new Matcher(language.automaton);
    const { matchesAtEnd } = [...text].reduce((at, char) => matcher.step(at, char.charCodeAt(0)), matcher.start);
    expect([language.pattern, text, matchesAtEnd]).toEqual([language.pattern, text, language.regexp.test(text)]);
    compared++;
  }
  expect(compared).toBeGreaterThan(1000);
});
