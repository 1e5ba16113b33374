import { describe, expect, test } from 'vitest';
import { bytesOf, type SourceText, sourceText } from '../../src/base/source-text.ts';
import type { Diagnostic, Span } from '../../src/diagnostics/diagnostic.ts';
import { concise } from '../../src/diagnostics/render/concise.ts';
import { jsonReport } from '../../src/diagnostics/render/json.ts';
import { plainPaint } from '../../src/diagnostics/render/paint.ts';
import { pretty } from '../../src/diagnostics/render/pretty.ts';

interface Case {
  readonly title: string;
  readonly text: string;
  /** What the caret stands below: its first occurrence. */
  readonly at: string;
  /** The line and the caret, as they are drawn. */
  readonly frame: string;
}

const long = `server_name ${'x'.repeat(300)} here ${'y'.repeat(300)};`;

const table: readonly Case[] = [
  { title: 'ASCII', text: 'listen 80;', at: '80', frame: '1 │ listen 80;\n  │        ^^' },
  { title: 'tabs', text: '\tlisten\t80;', at: '80', frame: '1 │     listen  80;\n  │             ^^' },
  {
    title: 'wide characters',
    text: 'set $a "检测间隔"; x y;',
    at: 'x y',
    frame: '1 │ set $a "检测间隔"; x y;\n  │                    ^^^',
  },
  { title: 'a wide place', text: 'set $a 你好;', at: '你好', frame: '1 │ set $a 你好;\n  │        ^^^^' },
  { title: 'accents', text: '# ça e\u0301\nuser é x;', at: 'x;', frame: '2 │ user é x;\n  │        ^^' },
  { title: 'an emoji', text: 'a "🎉" b;', at: 'b', frame: '1 │ a "🎉" b;\n  │        ^' },
  { title: 'an empty place', text: 'listen 80', at: '', frame: '1 │ listen 80\n  │ ^' },
  { title: 'several lines', text: 'a {\n b;\n}', at: 'a {\n b;\n}', frame: '1 │ a {\n  │ ^^^' },
  { title: 'CRLF', text: 'a 1;\r\nb 2;\r\n', at: 'b 2;\r\n', frame: '2 │ b 2;\n  │ ^^^^' },
  { title: 'signs that change the terminal', text: 'a \u001b[31m\u202e x;', at: 'x', frame: '1 │ a ·[31m· x;\n  │          ^' },
  {
    title: 'a long line',
    text: long,
    at: 'here',
    frame: `1 │ …${'x'.repeat(79)} here ${'y'.repeat(75)}…\n  │ ${' '.repeat(81)}^^^^`,
  },
];

describe('the code frame', () => {
  test.each(table)('$title', ({ text, at, frame }) => {
    const drawn = pretty({ rule: 'r', severity: 'error', message: 'm', span: spanOf(text, at) }, plainPaint).split('\n');
    expect(drawn.slice(2, 4).join('\n')).toBe(frame);
  });
});

const source = sourceText('conf.d/a.conf', bytesOf('upstream a {\n    server "ü"x;\n}\n'));
const finding: Diagnostic = {
  rule: 'some-rule',
  severity: 'warning',
  message: 'two\nlines',
  why: 'because\nof it',
  help: 'write this',
  nginx: 'unexpected "x"',
  span: placeIn(source, 'x'),
  related: [{ message: 'in here', span: placeIn(source, 'upstream a') }],
  fix: { title: 'remove it', safety: 'safe', edits: [{ span: placeIn(source, 'x'), text: bytesOf('é') }] },
};

describe('renderers', () => {
  test('pretty', () => {
    expect(pretty(finding, plainPaint)).toBe(
      [
        'warning[some-rule]: two\nlines',
        '  ╭─ conf.d/a.conf:2:15',
        '2 │     server "ü"x;',
        '  │               ^',
        '  ╭─ conf.d/a.conf:1:1',
        '1 │ upstream a {',
        '  │ ^^^^^^^^^^ in here',
        '  = why: because',
        '         of it',
        '  = help: write this',
        '  = nginx: unexpected "x"',
        '  = fix: remove it (safe)',
        '',
      ].join('\n'),
    );
  });

  test('long remarks go on below', () => {
    const why = `${'word '.repeat(30)}${'x'.repeat(120)} end`;
    const drawn = pretty({ rule: 'r', severity: 'info', message: 'm', why, span: placeIn(source, 'x') }, plainPaint);
    const [first = '', second = '', third = '', fourth = ''] = drawn.split('\n').slice(4);
    expect([first.length, second, third, fourth]).toEqual([
      '  = why: '.length + 99,
      `         ${'word '.repeat(10).trim()}`,
      `         ${'x'.repeat(120)}`,
      '         end',
    ]);
  });

  test('concise', () => {
    expect(concise(finding)).toBe('conf.d/a.conf:2:15: warning: two lines [some-rule]');
  });

  test('json', () => {
    const place = { file: 'conf.d/a.conf', start: { line: 2, column: 15, offset: 28 }, end: { line: 2, column: 16, offset: 29 } };
    expect(jsonReport(3, [finding])).toEqual({
      version: 1,
      diagnostics: [
        {
          rule: 'some-rule',
          severity: 'warning',
          message: 'two\nlines',
          why: 'because\nof it',
          help: 'write this',
          nginx: 'unexpected "x"',
          ...place,
          related: [
            {
              message: 'in here',
              file: 'conf.d/a.conf',
              start: { line: 1, column: 1, offset: 0 },
              end: { line: 1, column: 11, offset: 10 },
            },
          ],
          fix: { title: 'remove it', safety: 'safe', edits: [{ ...place, text: 'é' }] },
        },
      ],
      summary: { files: 3, errors: 0, warnings: 1, infos: 0, hints: 0 },
    });
  });
});

function spanOf(text: string, at: string): Span {
  return placeIn(sourceText('f', bytesOf(text)), at);
}

function placeIn(place: SourceText, at: string): Span {
  const bytes = bytesOf(at);
  const start = place.text.indexOf(bytes);
  return { source: place, start, end: start + bytes.length };
}
