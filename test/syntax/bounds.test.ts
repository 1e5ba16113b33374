import { expect, test } from 'vitest';
import { lintText } from '../../src/check.ts';
import { mostMade } from '../../src/diagnostics/finding-counts.ts';
import { mostOfOneRule } from '../../src/lint/first-findings.ts';
import { alwaysRead, boundOf } from '../../src/syntax/bounds.ts';

const size = 3 << 20;

test.each([
  ['{', '10000 blocks are open'],
  ['}', 'cannot read'],
  [';', 'cannot read'],
  ['{}', 'cannot read'],
  ['"', 'cannot read'],
  ['"a', 'a word of more than 2 MB'],
  ['a ', '100000 words'],
  ['server {\n', '10000 blocks are open'],
  ['a;', 'more than 1 million'],
  ['#\n', 'more than 1 million'],
  ['$', 'a word of more than 2 MB'],
  ['\\', 'a word of more than 2 MB'],
])('%j without end is not read', (piece, why) => {
  const text = piece.repeat(size / piece.length);
  expect(boundOf(text)?.message).toContain(why);
  const found = lintText(text);
  expect(found.map(({ rule }) => rule)).toEqual(['unreadable-file']);
  expect(found[0]?.message).toContain(why);
});

test.each([
  '\n',
  ' ',
  `# ${'-'.repeat(78)}\n`,
  '1.2.3.0/24 "x y";\n',
  'log_format a \'$uri\' "${host}\\"";\n',
  'a "b" ( "c") { dddddddddddddd; }\n',
])('%j may go on for megabytes', (piece) => {
  expect(boundOf(piece.repeat(size / piece.length))).toBeNull();
});

test('words without any terminator are read soon', () => {
  const lines = Array.from(
    { length: 60 },
    (_, line) => `  set history${line} = (1000 merge)\n  if ( $?tcsh${line} ) then\n    alias h root\n`,
  );
  const found = lintText(lines.join(''));
  expect(found.map(({ rule }) => rule)).toContain('missing-semicolon');
});

test('one slip in a long file is repaired as in a short one', () => {
  const line = 'server { listen 80; server_name "a.example"; location / { return 200 "$uri"; } }\n';
  const text = `server { listen 80\n server_name a.example; }\n${line.repeat((alwaysRead * 2) / line.length)}`;
  expect(boundOf(text)).toBeNull();
  expect(lintText(text).find(({ severity }) => severity === 'error')).toMatchObject({ rule: 'missing-semicolon' });
});

test('of one rule in one file a thousand findings are shown, and the number of the rest', () => {
  const found = lintText('a b;\n'.repeat(mostOfOneRule + 7));
  expect(found).toHaveLength(mostOfOneRule + 1);
  expect(found.at(-1)?.message).toBe('7 more of the same in this file, from here on');
});

test('of thousands of findings no more are made than are enough', () => {
  const found = lintText('a b;\n'.repeat(mostMade + 7));
  expect(found.at(-1)?.message).toBe(`at least ${mostMade - mostOfOneRule} more of the same in this file, from here on`);
});
