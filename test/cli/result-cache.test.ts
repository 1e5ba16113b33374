import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';

const files = {
  'nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off;\n    include conf.d/*.conf;\n}\n',
  'conf.d/a.conf':
    'server {\n    listen 80;\n    lissten 1; # ä🎉\n    lissten 2; # nginxlint-disable-line unknown-directive -- not now\n}\n',
};

const cacheIn = (cwd: string) => join(cwd, '.nginxlintcache');

/** What is printed with the cache, in formats that between them show everything; it must be what is printed without. */
async function lint(cwd: string, ...argv: string[]): Promise<string> {
  const asked = ['nginx.conf', '--format', 'sarif', ...argv];
  const fresh = await nginxlint(asked, { cwd });
  const cached = await nginxlint([...asked, '--cache'], { cwd });
  expect(cached).toEqual(fresh);
  return cached.stdout;
}

/** True when the cache answers: a run that lints writes it again. */
async function isAnswered(cwd: string, ...argv: string[]): Promise<boolean> {
  const before = statSync(cacheIn(cwd)).ino;
  await lint(cwd, ...argv);
  return statSync(cacheIn(cwd)).ino === before;
}

async function cached(body: (cwd: string) => Promise<void>): Promise<void> {
  await inDirectory(files, async (cwd) => {
    await lint(cwd);
    await body(cwd);
  });
}

describe('--cache', () => {
  test('answers when nothing has changed, with all that a run gives', async () => {
    await cached(async (cwd) => {
      expect(await isAnswered(cwd)).toBe(true);
      const [run] = JSON.parse(await lint(cwd)).runs;
      expect(run.results.map((result: { suppressions: unknown[] }) => result.suppressions.length)).toEqual([0, 1]);
    });
  });

  test.each<[string, (cwd: string) => void]>([
    ['a file changes', (cwd) => writeFileSync(join(cwd, 'conf.d/a.conf'), 'server { watt 1; }\n')],
    [
      'a file changes and keeps its size and time',
      (cwd) => writeFileSync(join(cwd, 'conf.d/a.conf'), files['conf.d/a.conf'].replace('80', '81')),
    ],
    ['a file comes', (cwd) => writeFileSync(join(cwd, 'conf.d/b.conf'), 'server { watt 1; }\n')],
    ['a file goes', (cwd) => rmSync(join(cwd, 'conf.d/a.conf'))],
    [
      'a file becomes a link to another',
      (cwd) => {
        writeFileSync(join(cwd, 'conf.d/b.conf'), files['conf.d/a.conf']);
        rmSync(join(cwd, 'conf.d/a.conf'));
        symlinkSync('b.conf', join(cwd, 'conf.d/a.conf'));
      },
    ],
    [
      'a configuration file comes',
      (cwd) => writeFileSync(join(cwd, '.nginxlintrc'), '{ "rules": { "unknown-directive": "warning" } }'),
    ],
  ])('lints again when %s', async (_, change) => {
    await cached(async (cwd) => {
      change(cwd);
      expect(await isAnswered(cwd)).toBe(false);
      expect(await isAnswered(cwd)).toBe(true);
    });
  });

  test('lints again with other options, and keeps both', async () => {
    await cached(async (cwd) => {
      expect(await isAnswered(cwd, '--nginx-version', '1.22')).toBe(false);
      expect(await isAnswered(cwd, '--nginx-version', '1.22')).toBe(true);
      expect(await isAnswered(cwd)).toBe(true);
    });
  });

  test('an override for some files is part of it', async () => {
    const rc = (pattern: string) => `{ "overrides": [{ "files": ["${pattern}"], "rules": { "unknown-directive": "off" } }] }`;
    await cached(async (cwd) => {
      writeFileSync(join(cwd, '.nginxlintrc'), rc('conf.d/*'));
      await lint(cwd);
      expect(await isAnswered(cwd)).toBe(true);
      writeFileSync(join(cwd, '.nginxlintrc'), rc('*.conf'));
      await lint(cwd);
    });
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['another thing', () => '[{"key": 1}]'],
    ['without its outcome', (text: string) => text.replace('"findings"', '"funds"')],
    ['with places that are not there', (text: string) => text.replace(/"span":\[\d+/, '"span":[99')],
    ['with questions that nobody asks', (text: string) => text.replace('"glob"', '"constructor"')],
  ])('a cache that is %s is ignored', async (_, spoil) => {
    await cached(async (cwd) => {
      writeFileSync(cacheIn(cwd), spoil(readFileSync(cacheIn(cwd), 'utf8')));
      expect(await isAnswered(cwd)).toBe(false);
      expect(await isAnswered(cwd)).toBe(true);
    });
  });

  test('one that cannot be written is said, and no reason to fail', async () => {
    await inDirectory(files, async (cwd) => {
      mkdirSync(join(cwd, 'taken'));
      const { code, stderr, stdout } = await nginxlint(['nginx.conf', '--cache-location', 'taken', '--format', 'concise'], {
        cwd,
      });
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^nginxlint: the cache \S+ cannot be written: EISDIR/)]);
      expect(stdout).toContain('unknown-directive');
    });
  });

  test('fixes do not come from it', async () => {
    await cached(async (cwd) => {
      writeFileSync(join(cwd, 'conf.d/a.conf'), 'server {\n    listen 80\n    server_name x;\n}\n');
      await lint(cwd);
      await nginxlint(['nginx.conf', '--cache', '--fix', '-q'], { cwd });
      expect(readFileSync(join(cwd, 'conf.d/a.conf'), 'utf8')).toContain('listen 80;\n');
    });
  });
});
