import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../grammar/condition.ts';
import { cutScript } from '../../grammar/script.ts';

const brief = (value: string) => {
  const script = cutScript(value);
  const parts = script.parts.map((part) =>
    part.kind === 'literal' ? part.text : part.kind === 'variable' ? `<${part.name}>` : `#${part.index}`,
  );
  return script.error === null ? parts.join('|') : script.error;
};

describe('values with variables', () => {
  test.each([
    ['', ''],
    ['plain', 'plain'],
    ['a$b${c}$1', 'a|<b>|<c>|#1'],
    ['$12', '#1|2'],
    ['$0', '<0>'],
    ['${1}', '<1>'],
    ['$uri$is_args$args', '<uri>|<is_args>|<args>'],
    ['http://$host:8080', 'http://|<host>|:8080'],
    ['${a}b', '<a>|b'],
    ['$', 'invalid variable name'],
    ['a$', 'invalid variable name'],
    ['$-', 'invalid variable name'],
    ['${', 'invalid variable name'],
    ['${}', 'invalid variable name'],
    ['${a', 'the closing bracket in "a" variable is missing'],
    ['${a-b}', 'the closing bracket in "a" variable is missing'],
    ['$$a', 'invalid variable name'],
  ])('%j', (value, expected) => expect(brief(value)).toBe(expected));

  test('parts know their place', () => {
    expect(cutScript('a${b}$1').parts.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 5],
      [5, 7],
    ]);
  });
});

describe('conditions', () => {
  test.each<[string[], unknown]>([
    [['($a)'], { kind: 'variable', variable: 'a' }],
    [['(', '$a', ')'], { kind: 'variable', variable: 'a' }],
    [['($a', '=', 'b)'], { kind: 'compare', variable: 'a', operator: '=', right: 'b' }],
    [['($a', '=', 'b', ')'], { kind: 'compare', variable: 'a', operator: '=', right: 'b' }],
    [['($a', '=', ')'], null],
    [['($a', '!=', '', ')'], { kind: 'compare', variable: 'a', operator: '!=', right: '' }],
    [['($a', '!~*', '\\.php$)'], { kind: 'match', variable: 'a', operator: '!~*', right: '\\.php$' }],
    [['(-f', '$request_filename)'], { kind: 'file', test: 'f', negated: false, path: '$request_filename' }],
    [['(!-d', '/x)'], { kind: 'file', test: 'd', negated: true, path: '/x' }],
  ])('%j', (words, expected) => expect(parseCondition(words).condition).toEqual(expected));

  test.each<[string[], string]>([
    [[], 'invalid condition ""'],
    [['$a)'], 'invalid condition "$a)"'],
    [['($a'], 'invalid condition "$a"'],
    [['()'], 'invalid condition ")"'],
    [['($)'], 'invalid condition "$"'],
    [['(a', '=', 'b)'], 'invalid condition "a"'],
    [['($a', '==', 'b)'], 'unexpected "==" in condition'],
    [['($a', '=', 'b', 'c)'], 'invalid condition "$a"'],
    [['(-q', '/x)'], 'invalid condition "-q"'],
    [['(-f', '/x', 'y)'], 'invalid condition "-f"'],
  ])('%j: %s', (words, expected) => expect(parseCondition(words).error).toBe(expected));
});
