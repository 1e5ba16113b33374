import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, concise, type Diagnostic, display, jsonReport, lintText, textsLoader } from '../src/index.ts';
import { filesIn, root } from './support/files.ts';

const table: readonly (readonly [
  title: string,
  text: string,
  options: Parameters<typeof lintText>[1],
  findings: readonly string[],
])[] = [
  [
    'a whole configuration',
    'events {}\nhttp { lissten 80; }\n',
    {},
    ['nginx.conf:2:8: error: unknown directive "lissten" [unknown-directive]'],
  ],
  [
    'a fragment',
    'lissten 80;\nserver_name a;\n',
    { filename: 'site.conf' },
    ['site.conf:1:1: error: unknown directive "lissten" [unknown-directive]'],
  ],
  [
    'includes from an object',
    'events {}\nhttp { include a.conf; }\n',
    { filename: 'etc/nginx.conf', loader: textsLoader({ 'etc/a.conf': 'lissten 80;' }) },
    ['etc/a.conf:1:1: error: unknown directive "lissten" [unknown-directive]'],
  ],
  ['a context', 'server 127.0.0.1:1;\n', { context: 'http>upstream' }, []],
];

test.each(table)('lintText: %s', (_, text, options, findings) => {
  const found = lintText(text, options);
  expect(found.map(concise)).toEqual(findings);
  expect(jsonReport(1, found).summary.errors).toBe(findings.length);
});

const seeds = filesIn('fixtures/seed', '.conf').map((file) => readFileSync(join(root, file), 'utf8'));
const scrap = fc.constantFrom('{', '}', ';', '"', "'", '\\', '#', '\n', '$', '${', ' ', ')', 'include a;', '\0', 'ü');
const slip = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), put: fc.oneof(scrap, fc.constant('')) });

test('whatever is typed: findings lie in the text, and a safe fix leaves no more errors than before', () => {
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(slip, { minLength: 1, maxLength: 4 }), (seed, slips) => {
      const text = slips.reduce((before, { at, cut, put }) => spoil(before, at, cut, put), seed);
      const found = lintText(text, { filename: 'x.conf' });
      for (const { span, fix } of found) {
        expect(0 <= span.start && span.start <= span.end && span.end <= span.source.text.length).toBe(true);
        if (fix?.safety !== 'safe') continue;
        const edited = applyEdits(span.source, fix.edits);
        if ('conflict' in edited) throw new Error('a fix that conflicts with itself');
        expect(errorsIn(lintText(display(edited.text), { filename: 'x.conf' }))).toBeLessThanOrEqual(errorsIn(found));
      }
    }),
    { seed: 20, numRuns: 150 },
  );
});

function spoil(text: string, at: number, cut: number, put: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + put + text.slice(place + cut);
}

function errorsIn(found: readonly Diagnostic[]): number {
  return found.filter(({ severity }) => severity === 'error').length;
}
