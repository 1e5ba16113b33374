import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { newestStable } from '../../schema/version.ts';
import { ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';
import { directoryWithConfig, searchPlaces } from './config-search.ts';

const release = newestStable.split('.').slice(0, 2).join('.');

const texts: Readonly<Record<string, string>> = {
  'nginxlint.config.mjs': `/** @type {import('nginxlint').NginxlintConfig} */
export default {
  // Sets of rules, added up: recommended, load-balancing, security, performance, style, cis, stig, strict, nginx-t, all.
  presets: ['recommended', 'load-balancing'],

  // The nginx that will read the files, when it is known. A range reports what any release in it would refuse.
  // nginxVersion: '${release}',
  // nginxVersion: '1.22..${release}',

  // One rule, a pattern, a preset, a category, or another checker's id (gixy:ssrf): off, on, error, warning, info, hint.
  rules: {
    // 'missing-next-upstream': 'warning',
    // 'check-*': 'off',
  },

  // Other rules for some files. Later ones win.
  overrides: [
    // { files: ['snippets/'], rules: { 'style': 'off' } },
  ],

  // Files that are not linted.
  ignores: [],
};
`,
  'nginxlint.config.json': `{
  "$schema": "./node_modules/nginxlint/docs/nginxlint.schema.json",
  "presets": ["recommended", "load-balancing"],
  "rules": {},
  "overrides": [],
  "ignores": []
}
`,
};

/** `nginxlint --init [mjs|json]`: writes a small configuration file here, never over another. */
export function initConfig(kind: true | string, { cwd, stderr }: Streams): number {
  const name = `nginxlint.config.${kind === true ? 'mjs' : kind}`;
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) throw new UsageError(`--init writes mjs or json, not ${String(kind)}`);
  const directory = directoryWithConfig(cwd());
  if (directory === cwd()) {
    const there = searchPlaces.find((place) => existsSync(join(directory, place))) ?? '';
    throw new UsageError(`there is a configuration already: ${there}`);
  }
  writeFileSync(join(cwd(), name), text, { flag: 'wx' });
  const above = directory === undefined ? '' : `; it hides the one in ${basename(directory) || dirname(directory)}`;
  stderr.write(`${name} is written${above}\n`);
  return ok;
}
