import { expect, test } from 'vitest';
import { lintText } from '../../src/check.ts';

/** What the first error advises. */
function advice(text: string): string | undefined {
  return lintText(text).find(({ severity }) => severity === 'error')?.help;
}

test.each([
  ['events {}\nhttp {\n server {\n  listen 80;\n\n   return 204;\n  }\n }\n}\n', '(or "if (CONDITION) {")'],
  ['events {}\n\n resolver 1.1.1.1;\n server {\n  listen 80;\n }\n}\n', '(or "stream {" or "mail {")'],
])('other lines that may have been lost are named: %j', (text, choice) => {
  expect(advice(text)).toContain(choice);
});

test('a body that only one block can hold has one candidate', () => {
  const text =
    'events {}\nhttp {\n server {\n  listen 80;\n\n   proxy_pass http://127.0.0.1:1;\n   proxy_redirect off;\n  }\n }\n}\n';
  expect(advice(text)).not.toContain('(or');
});
