import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineAt, sourceText } from '../../src/base/source-text.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { parseFile } from '../../src/syntax/build.ts';

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
