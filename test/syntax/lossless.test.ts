import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { parseFile } from '../../src/syntax/build.ts';
import { leaves, walk } from '../../src/syntax/walk.ts';

const root = new URL('../../fixtures/', import.meta.url);
const files = ['configs/', 'broken/', 'seed/lb/', 'seed/web/'].flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((file) => readFileSync(new URL(folder + file, root), 'latin1')),
);

/** Every byte is in one leaf, in order, and what is called blank or comment is that. */
function expectLossless(text: string): void {
  const source = sourceText('a.conf', text);
  const { value: file, diagnostics } = parseFile(source, vocabulary);
  const pieces = leaves(file);
  expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  for (const { kind, start, end } of pieces) {
    const piece = text.slice(start, end);
    if (kind === 'blank') expect(piece).toMatch(/^[ \t\r\n]+$/);
    if (kind === 'comment') expect(piece).toMatch(/^#[^\n]*$/);
    expect(end).toBeGreaterThan(start);
  }
  for (const { span, fix } of diagnostics) {
    for (const each of [span, ...(fix?.edits ?? []).map((edit) => edit.span)]) {
      expect(each.source).toBe(source);
      expect(each.start).toBeGreaterThanOrEqual(0);
      expect(each.end).toBeGreaterThanOrEqual(each.start);
      expect(each.end).toBeLessThanOrEqual(text.length);
    }
  }
}

const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes));

/** Pieces that the reader cares about, in any order. */
const pieces = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      ';',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '"',
      "'",
      '\\',
      '#',
      '$',
      '${',
      ')',
      '\0',
      '\xff',
      '\xef\xbb\xbf',
      'server',
      'location',
      'listen',
      '/a',
      '80',
      'if',
      '($x',
      'content_by_lua_block',
      '--',
      '[[',
      ']]',
      'map',
      'types',
      '{2,3}',
      'http',
      'upstream',
      'events',
      'include',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const mutated = fc
  .record({
    file: fc.constantFrom(...files),
    edits: fc.array(fc.record({ at: fc.nat(6000), length: fc.nat(12), text: pieces }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ file, edits }) =>
    edits.reduce((text, { at, length, text: put }) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put.slice(0, 8) + text.slice(from + length);
    }, file),
  );

describe('the tree gives back every byte', () => {
  test.each(files.map((text, index) => [index, text] as const))('file %i', (_, text) => expectLossless(text));
  test('any bytes', () => fc.assert(fc.property(bytes, expectLossless), { numRuns: 500 }));
  test('any order of what the reader cares about', () => fc.assert(fc.property(pieces, expectLossless), { numRuns: 1000 }));
  test('damaged files', () => fc.assert(fc.property(mutated, expectLossless), { numRuns: 300 }));
  test('files cut off anywhere', () => {
    const text = files[0] ?? '';
    for (let end = 0; end < text.length; end += 37) expectLossless(text.slice(0, end));
  });
  test.each([
    '',
    '\xef\xbb\xbf',
    '"',
    "'",
    '\\',
    '$',
    '{',
    '}',
    ';',
    '#',
    '\0',
    '\r',
    'a"',
    '"a"b',
    'a "',
    'x_by_lua_block {',
    'x_by_lua_block {}',
  ])('%j', expectLossless);
});

test('no depth is too deep', () => {
  const text = 'a { '.repeat(2_000);
  const { value } = parseFile(sourceText('deep.conf', text), vocabulary);
  let count = 0;
  walk(value, { enter: () => void count++ });
  expect(count).toBe(2_000);
});
