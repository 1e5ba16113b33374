import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, serializedGrammar } from '../../grammar/parser.ts';
import { createLexer, cut } from '../../grammar/tokens.ts';
import { valueOf, wordFor } from '../../grammar/words.ts';

const images = (text: string) => cut(text).tokens.map(({ image }) => image);

describe('words end where nginx ends them', () => {
  test.each<[string, string[]]>([
    ['a b;', ['a', 'b', ';']],
    ['a{b}', ['a', '{', 'b}']],
    ['a }', ['a', '}']],
    ['a}b#c"d;', ['a}b#c"d', ';']],
    ['a\vb\fc', ['a\vb\fc']],
    ['${a}b;', ['${a}b', ';']],
    ['${{x ;', ['${{x', ';']],
    ['$a{', ['$a', '{']],
    ['$$${a{', ['$$${a', '{']],
    ['a\\ b\\;c\\{d;', ['a\\ b\\;c\\{d', ';']],
    ['\\"a b"', ['\\"a', 'b"']],
    ['"a;b{c}#\n\'" x', ['"a;b{c}#\n\'"', 'x']],
    ['"a\\"b" c', ['"a\\"b"', 'c']],
    ['"a"b', ['"a"', 'b']],
    ['($x = "a") {', ['($x', '=', '"a"', ')', '{']],
    ["'a\"b' c", ["'a\"b'", 'c']],
    ['"open ; }', ['"open ; }']],
    ['a\\', ['a\\']],
  ])('%j', (text, expected) => expect(images(text)).toEqual(expected));

  test('comments begin only where a word could', () => {
    const { tokens, comments } = cut('a#b # c "\nd;#e');
    expect(tokens.map(({ image }) => image)).toEqual(['a#b', 'd', ';']);
    expect(comments.map(({ image }) => image)).toEqual(['# c "', '#e']);
  });
});

describe('values', () => {
  test.each([
    ['a\\tb', 'a\tb'],
    ['"a\\nb\\\\"', 'a\nb\\'],
    ["'it\\'s'", "it's"],
    ['a\\.b', 'a\\.b'],
    ['"\\$\\d"', '\\$\\d'],
    ['"open', 'open'],
    ['""', ''],
  ])('%j is %j', (image, value) => expect(valueOf(image)).toBe(value));

  test.each(['a', 'a b', '', '"', "it's", '{', 'a;b', '\\', 'a\\', '\\n', '\n', '\t', '$a', '#x', '}', '${x}', 'a\\"b', '\\\\'])(
    '%j can be written',
    (value) => {
      const { tokens } = cut(`${wordFor(value)} `);
      expect(tokens.map(({ image }) => valueOf(image))).toEqual([value]);
    },
  );
});

describe('foreign code is one token', () => {
  test.each([
    '{ }',
    '{ local a = "}" }',
    '{ -- }\n }',
    '{ --[[ } ]] }',
    '{ --[==[ } ]] ]==] }',
    '{ a = [[ } ]] .. { 1 } }',
    "{ a = '\\'}' }",
  ])('%s', (code) => expect(images(`content_by_lua_block ${code} next;`)).toEqual(['content_by_lua_block', code, 'next', ';']));

  test('whoever opens it: a name that the caller calls raw', () => {
    expect(cut('js_x { // }\n }', (name) => name === 'js_x').tokens.length).toBe(2);
    expect(images('js { a; }')).toEqual(['js', '{', 'a', ';', '}']);
  });
});

test('lexer and parser are well defined', () => {
  expect(createLexer().lexerDefinitionErrors).toEqual([]);
  expect(serializedGrammar().map(({ type }) => type)).toContain('Rule');
});

test('the parser takes what nginx takes', () => {
  const heard: string[] = [];
  const hear =
    (what: string) =>
    ({ image }: { image: string }) =>
      void heard.push(`${what} ${image}`);
  const errors = parse(cut('a b { c; }').tokens, {
    word: hear('word'),
    semicolon: hear('end'),
    open: hear('open'),
    raw: hear('raw'),
    close: hear('close'),
  });
  expect(errors).toEqual([]);
  expect(heard).toEqual(['word a', 'word b', 'open {', 'word c', 'end ;', 'close }']);
});

test('cuts as the chevrotain lexer does', () => {
  const lexer = createLexer();
  const piece = fc.constantFrom(...' \t\r\n;{}#"\'\\$', '\v', '\xa0', 'a', 'x_by_lua_block', ' {', '-- }', '${', '\\"');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const { tokens, groups } = lexer.tokenize(text);
      expect(cut(text)).toEqual({ tokens, comments: groups.comments ?? [] });
    }),
    { numRuns: 2000 },
  );
});
