import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineAt, sourceText } from '../../src/base/source-text.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { parseFile } from '../../src/syntax/build.ts';
import { applyEdits } from '../../src/syntax/edit.ts';

const folder = new URL('../../fixtures/broken/', import.meta.url);

/** `#~ rule` expects a finding on its line, `#~` at the start of a line one there or on the line that follows. */
function marks(text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const rule = /#~ ([a-z-]+)/.exec(line)?.[1];
    return rule ? [`${at + 1} ${rule}`] : [];
  });
}

/** The two that need no marks: one is a seed, byte for byte, the other ends in the middle. */
const unmarked: Readonly<Record<string, readonly string[]>> = {
  'lost-server-line.conf': ['11 orphan-server-block'],
  'cut-off.conf': ['1 unmatched-braces'],
};

describe('half-written files: one finding for each mistake, on its line', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const source = sourceText(name, readFileSync(new URL(name, folder), 'latin1'));
    const { diagnostics } = parseFile(source, vocabulary);
    const found = diagnostics.map(({ rule, span }) => `${lineAt(source, span.start)} ${rule}`);
    expect(found).toEqual(unmarked[name] ?? marks(source.text));
  });

  test.each(readdirSync(folder))('%s: every message has its three parts', (name) => {
    const { diagnostics } = parseFile(sourceText(name, readFileSync(new URL(name, folder), 'latin1')), vocabulary);
    for (const { message, why, help } of diagnostics) {
      expect(message).not.toBe('');
      expect(why).toBeTruthy();
      expect(help).toBeTruthy();
    }
  });
});

/** What a fix makes of a file; the text itself when there is none. */
function fixed(text: string): string {
  const source = sourceText('a.conf', text);
  const { diagnostics } = parseFile(source, vocabulary);
  const edited = applyEdits(
    source,
    diagnostics.flatMap(({ fix }) => fix?.edits ?? []),
  );
  return 'text' in edited ? edited.text : text;
}

describe('a lost opening line comes back where its block was', () => {
  test.each([
    {
      like: 'the block beside it',
      lost: 'http {\n    upstream a {\n        server 127.0.0.1;\n    }\n        listen 80;\n        server_name a;\n    }\n}\n',
      line: '    server {',
    },
    { like: 'its own closing brace', lost: 'http {\n    listen 80;\n    server_name a;\n  }\n}\n', line: '  server {' },
    {
      like: 'its own closing brace, with tabs',
      lost: 'http {\n\t\tlisten 80;\n\t\tserver_name a;\n\t}\n}\n',
      line: '\tserver {',
    },
  ])('indented like $like', ({ lost, line }) => {
    expect(fixed(lost).split('\n')).toContain(line);
  });
});

describe('input that nobody wrote', () => {
  test.each([
    ['blocks that nothing closes', 'server {\n'.repeat(3000)],
    ['closing braces', '}\n'.repeat(30_000)],
    ['semicolons', ';'.repeat(30_000)],
    ['quotes', '"'.repeat(30_000)],
    ['one statement without an end', 'a '.repeat(100_000)],
    ['blocks on one line', 'a{'.repeat(10_000)],
  ])('%s: findings, and few of them', (_, text) => {
    const { diagnostics } = parseFile(sourceText('a.conf', text), vocabulary);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThan(2000);
  });
});
