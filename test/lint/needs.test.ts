import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { registry } from '../../src/lint/registry.ts';
import { lint } from '../../src/lint/run.ts';
import { buildModel } from '../../src/model/build.ts';
import { filesIn, root } from '../support/files.ts';
import { readPage } from '../support/page.ts';

const sparing = registry.filter(({ needs }) => needs);
const unsparing = sparing.map(({ needs: _, ...rule }) => rule);

test('rules that are not asked without the directives they need would have found nothing', () => {
  const rules = Object.fromEntries(sparing.map(({ id }) => [id, 'hint' as const]));
  const examples = filesIn('src/lint/rules', '.md').flatMap((page) => readPage(page).examples.map(({ text }) => text));
  const files = filesIn('fixtures/configs', '.conf').map((file) => readFileSync(join(root, file), 'latin1'));
  let findings = 0;
  for (const text of [...examples.map(bytesOf), ...files]) {
    const source = sourceText('example.conf', text);
    const model = buildModel(loadConfig({ source, loader: textsLoader({}), prefix: '' }).value);
    const found = lint(model, { rules }, sparing);
    expect(found).toEqual(lint(model, { rules }, unsparing));
    findings += found.length;
  }
  expect(findings).toBeGreaterThan(sparing.length);
});
