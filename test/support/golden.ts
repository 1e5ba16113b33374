import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { root } from './files.ts';

/** Compares text with `fixtures/golden/NAME`; with UPDATE=1 in the environment the file is written instead. */
export function expectGolden(name: string, actual: string): void {
  const file = join(root, 'fixtures/golden', name);
  if (process.env.UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  expect(existsSync(file), `${name} is missing: UPDATE=1 npm test writes it`).toBe(true);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
