import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';

/** Real programs that tests compare us with, and the Debian package that brings each. */
const packages = {
  nginx: 'nginx-full',
  'php-fpm': 'php-fpm',
  'redis-server': 'redis-server',
  haproxy: 'haproxy',
  keepalived: 'keepalived',
  pcre2test: 'pcre2-utils',
  'pre-commit': 'pre-commit',
  wrk: 'wrk',
} as const;

export type Program = keyof typeof packages;

/**
 * Where a program is, or undefined. An environment variable in capitals says which one to take
 * (`NGINX=/opt/nginx-1.29/sbin/nginx`, `PHP_FPM=…`). Debian's php-fpm has its version in its name.
 */
export function find(program: Program): string | undefined {
  const chosen = process.env[program.toUpperCase().replaceAll('-', '_')];
  if (chosen) return chosen;
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  const versioned = new RegExp(`^${program}\\d+(\\.\\d+)?$`);
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, program);
    if (isExecutable(path)) return path;
    const name = program === 'php-fpm' ? namesIn(folder).find((entry) => versioned.test(entry)) : undefined;
    if (name) return join(folder, name);
  }
  return undefined;
}

/**
 * `describe` for tests that need a real program. Where it is missing they are skipped with a notice on a laptop, and
 * fail in CI, where somebody else would believe that they ran.
 */
export function describeWith(program: Program, title: string, body: (path: string) => void): void {
  const path = find(program);
  if (path) {
    describe(title, () => body(path));
    return;
  }
  const notice = `${title}: needs ${program} (Debian: apt-get install ${packages[program]})`;
  if (process.env.CI) {
    test(title, () => {
      throw new Error(notice);
    });
    return;
  }
  console.warn(`skipped: ${notice}`);
  test.skip(notice);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
