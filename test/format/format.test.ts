import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesOf, sourceText } from '../../src/base/source-text.ts';
import { lintText, rememberingParser } from '../../src/check.ts';
import { defaultFormat, type FormatOptions } from '../../src/format/options.ts';
import { formatText } from '../../src/formatting.ts';
import { leaves } from '../../src/syntax/walk.ts';
import { filesIn, root } from '../support/files.ts';
import { respaced } from '../support/respaced.ts';

const parse = (text: string) => rememberingParser()(sourceText('nginx.conf', text));

function formatted(text: string, options?: FormatOptions): string {
  const result = formatText(text, options);
  return 'text' in result ? result.text : expect.fail(result.refused.map(({ message }) => message).join('\n'));
}

const pages = filesIn('fixtures/format', '.conf').map((path) => {
  const [before = '', after = ''] = readFileSync(join(root, path), 'utf8').split('----\n');
  return { path, before, after };
});

test.each(pages)('$path', ({ before, after }) => {
  expect(formatted(before)).toBe(after);
});

/** Everything but blanks: words and terminators in their order, comments in theirs. */
function contents(text: string): { readonly tokens: string[]; readonly comments: string[] } {
  const { value } = parse(bytesOf(text));
  const of = (isWanted: (kind: string) => boolean) =>
    leaves(value)
      .filter(({ kind }) => kind !== 'blank' && isWanted(kind))
      .map(({ start, end }) => bytesOf(text).slice(start, end).trimEnd());
  return { tokens: of((kind) => kind !== 'comment'), comments: of((kind) => kind === 'comment') };
}

const corpus = ['fixtures/configs', 'fixtures/seed', 'fixtures/whole', 'fixtures/format']
  .flatMap((folder) => filesIn(folder, '.conf'))
  .flatMap((path) => {
    const parts = readFileSync(join(root, path), 'utf8').split('----\n');
    return parts.map((text, part) => ({ name: parts.length > 1 ? `${path} ${part + 1}` : path, text }));
  })
  .filter(({ text }) => isFormatted(text));

function isFormatted(text: string): boolean {
  return 'text' in formatText(text);
}

const layouts: readonly FormatOptions[] = [
  defaultFormat,
  { indent: 'tab', width: 60, blankLines: 2 },
  { indent: 2, width: 24, blankLines: 0 },
];

describe.each(corpus)('$name', ({ text }) => {
  test.each(layouts)('indent $indent, width $width: every token and comment stays, twice is as once', (options) => {
    const once = formatted(text, options);
    expect(contents(once)).toEqual(contents(text));
    expect(formatted(once, options)).toBe(once);
  });

  test('wild blanks make no difference to what is kept', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const wild = respaced(text, seed);
      // A name at the beginning of a line may look like a directive whose predecessor lost its end.
      if (!isFormatted(wild)) continue;
      const once = formatted(wild);
      expect(contents(once), `seed ${seed}`).toEqual(contents(wild));
      expect(formatted(once), `seed ${seed}`).toBe(once);
    }
  });

  test('the rules on layout have nothing to say', () => {
    const rules = { indent: 'warning', 'space-before-semicolon': 'warning', 'trailing-whitespace': 'warning' } as const;
    const found = lintText(formatted(text), { presets: [], rules });
    expect(found.filter(({ rule }) => rule in rules)).toEqual([]);
  });
});

test('line ends stay what they are, and the last line has one', () => {
  expect(formatted('a  b;\r\nc { d; }')).toBe('a b;\r\nc { d; }\r\n');
});

test('nothing is nothing', () => {
  expect(formatted(' \n\n')).toBe('');
  expect(formatted('\n # c \n\n\n')).toBe('# c\n');
});

test('what nginx could not read is refused, with its place', () => {
  const result = formatText('server {\n    listen 80\n    root /srv;\n}\n');
  expect(result).toMatchObject({ refused: [{ rule: 'missing-semicolon' }] });
});
