import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a configuration file may be called, first come first served in each directory. */
export const searchPlaces = [
  'nginxlint.config.ts',
  'nginxlint.config.mjs',
  'nginxlint.config.js',
  'nginxlint.config.json',
  'nginxlint.config.yaml',
  'nginxlint.config.yml',
  '.nginxlintrc',
  '.nginxlintrc.json',
  '.nginxlintrc.yaml',
  'package.json',
] as const;

/** The nearest directory, from `directory` upward, in which a configuration lies: a look at names, before anything is loaded. */
export function directoryWithConfig(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (searchPlaces.some((name) => holdsConfig(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function holdsConfig(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return !path.endsWith('package.json') || /"nginxlint"\s*:\s*\{/.test(contentOf(path));
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
