import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.ts';

/** A known difference from real nginx. */
export interface Expectation {
  readonly family: string;
  readonly statement: RegExp;
  readonly reason: string;
  /** A statement that shows it, asked on every run, and where it stands. */
  readonly example: string;
  readonly context: string;
}

/** The lines of test/expectations.yaml for one family: a flat list of `key: value` entries, which is all of YAML that it uses. */
export function expectationsOf(family: string): Expectation[] {
  const text = readFileSync(join(root, 'test/expectations.yaml'), 'utf8');
  const entries = text
    .split(/^- /m)
    .slice(1)
    .map((entry) => Object.fromEntries([...entry.matchAll(/^\s*(\w+): (.*)$/gm)].map(([, key, value]) => [key, value])));
  return entries
    .filter((entry) => entry.family === family)
    .map(({ statement = '', reason = '', example = '', context = 'http' }) => ({
      family,
      statement: new RegExp(statement),
      reason,
      example,
      context,
    }));
}
