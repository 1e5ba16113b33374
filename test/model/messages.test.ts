import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/files.ts';
import { formatsIn, saidMessages } from '../support/said-messages.ts';

interface Unsaid {
  readonly reason: string;
  readonly formats: readonly string[];
}

const messages: readonly { readonly format: string }[] = JSON.parse(read('fixtures/data/nginx-t-messages.json'));
const unsaid: readonly Unsaid[] = parse(read('test/model/messages-not-said.yaml'));

const formats = [...new Set(messages.map(({ format }) => format))];
const said = formatsIn(formats, saidMessages());
const listed = unsaid.flatMap(({ formats }) => formats);

test('what nginx can say of a configuration, we can say, or there is a reason', () => {
  expect(formats.filter((format) => !said.has(format) && !listed.includes(format))).toEqual([]);
});

test('what has a reason is not said, and nginx says it', () => {
  expect(listed.filter((format) => said.has(format))).toEqual([]);
  expect(listed.filter((format) => !formats.includes(format))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
