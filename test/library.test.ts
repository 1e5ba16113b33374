import { expect, test } from 'vitest';
import { concise, jsonReport, lintText, textsLoader } from '../src/index.ts';

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
