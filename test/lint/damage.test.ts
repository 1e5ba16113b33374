import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, constantFrom, integer, pre, property } from 'fast-check';
import { expect, test } from 'vitest';
import { filesIn, root } from '../support/files.ts';
import { fixExample, lintExample } from '../support/lint-example.ts';

const texts = [...filesIn('fixtures/configs', '.conf'), ...filesIn('fixtures/seed/lb', '.conf')].map((file) =>
  readFileSync(join(root, file), 'utf8'),
);
const options = { fragment: '' };

/** A configuration from which a piece is cut out. */
const damaged = (check: (text: string) => void, numRuns: number) =>
  assert(
    property(constantFrom(...texts), integer({ min: 0, max: 9999 }), integer({ min: 1, max: 80 }), (text, at, length) => {
      const from = Math.floor((text.length * at) / 10000);
      check(text.slice(0, from) + text.slice(from + length));
    }),
    { numRuns },
  );

test('whatever is cut out of a configuration, findings point into it', () => {
  damaged((text) => {
    for (const { diagnostic } of lintExample({ text, options })) {
      const { source, start, end } = diagnostic.span;
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(source.text.length);
    }
  }, 200);
});

// It computes for seconds, and for many of them beside other work.
test('the fixes of rules bring no new errors', () => {
  const ours = [
    'missing-next-upstream',
    'upstream-missing-keepalive',
    'keepalive-needs-http11',
    'proxy-missing-host-header',
    'check-status-exposed',
    'check-without-status',
    'lb-method-with-backup',
  ];
  const errors = (text: string) =>
    lintExample({ text, options }).filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  damaged((text) => {
    const before = errors(text);
    // Where nginx could not read the file, what recovery makes of it may change with every edit.
    pre(before === 0);
    const found = new Set(
      lintExample({ text, options })
        .filter(({ diagnostic }) => diagnostic.fix)
        .map(({ diagnostic }) => diagnostic.rule),
    );
    for (const rule of ours.filter((rule) => found.has(rule)))
      expect(errors(fixExample({ text, options }, rule, false))).toBeLessThanOrEqual(before);
  }, 100);
}, 120_000);
