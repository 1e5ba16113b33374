import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';

const main = 'worker_processes 1; events {}\nhttp { server_tokens off;\n    include conf.d/*.conf;\n}\n';
const site = 'server {\n    listen 80;\n    lissten 1;\n}\n';
const files = { 'nginx.conf': main, 'conf.d/a.conf': site, 'conf.d/b.conf': 'server {\n    listen 81;\n}\n' };

function git(cwd: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=n', '-c', 'user.email=n@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

async function inRepository(body: (cwd: string) => Promise<void>): Promise<void> {
  await inDirectory(files, async (cwd) => {
    git(cwd, 'init', '-q', '-b', 'main');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'first');
    await body(cwd);
  });
}

async function findings(cwd: string, ...argv: string[]): Promise<string[]> {
  const { stdout, stderr } = await nginxlint(['nginx.conf', '--format', 'concise', ...argv], { cwd });
  expect(stderr).toBe('');
  return stdout.split('\n').flatMap((line) => /^(\S+?:\d+):.*\[(.*)\]$/.exec(line)?.slice(1).join(' ') ?? []);
}

const write = (cwd: string, name: string, text: string) => writeFileSync(join(cwd, name), text);

describe('--changed', () => {
  test('nothing changed, nothing is reported', async () => {
    await inRepository(async (cwd) => {
      expect(await findings(cwd)).toEqual(['conf.d/a.conf:3 unknown-directive']);
      const { code, stdout } = await nginxlint(['nginx.conf', '--changed'], { cwd });
      expect([code, stdout]).toEqual([0, 'nothing to report in 3 files, 1 older not shown\n']);
    });
  });

  test('what was added is reported, what moved is not', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/a.conf', `# moved\n\n${site.replaceAll('    ', '\t')}server { listen 90; watt 2; }\n`);
      expect(await findings(cwd, '--changed')).toEqual(['conf.d/a.conf:7 unknown-directive']);
    });
  });

  test('a finding on a changed line is reported, though it was there before', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/a.conf', site.replace('lissten 1', 'lissten 2'));
      expect(await findings(cwd, '--changed')).toEqual(['conf.d/a.conf:3 unknown-directive']);
    });
  });

  test('a finding in another file that the change caused is reported', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'nginx.conf', `${main}stream {\n    include conf.d/b.conf;\n}\n`);
      const found = await findings(cwd, '--changed');
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((one) => one.startsWith('conf.d/b.conf:'))).toBe(true);
    });
  });

  test('new, deleted and renamed files', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/new.conf', 'server {\n    listen 82;\n    watt 1;\n}\n');
      expect(await findings(cwd, '--changed')).toEqual(['conf.d/new.conf:3 unknown-directive']);
      rmSync(join(cwd, 'conf.d/new.conf'));
      renameSync(join(cwd, 'conf.d/a.conf'), join(cwd, 'conf.d/c.conf'));
      expect(await findings(cwd, '--changed')).toEqual([]);
      rmSync(join(cwd, 'conf.d'), { recursive: true });
      write(cwd, 'nginx.conf', main.replace('conf.d/*.conf', 'conf.d/a.conf'));
      expect(await findings(cwd, '--changed')).toEqual(['nginx.conf:3 include-not-found']);
    });
  });

  test('=REF compares with where the branch left it', async () => {
    await inRepository(async (cwd) => {
      git(cwd, 'checkout', '-qb', 'topic');
      write(cwd, 'conf.d/b.conf', 'server {\n    listen 81;\n    watt 1;\n}\n');
      git(cwd, 'commit', '-qam', 'second');
      git(cwd, 'checkout', '-q', 'main');
      write(cwd, 'conf.d/a.conf', 'server {\n    listen 80;\n}\n');
      git(cwd, 'commit', '-qam', 'third');
      git(cwd, 'checkout', '-q', 'topic');
      expect(await findings(cwd, '--changed=main')).toEqual(['conf.d/b.conf:3 unknown-directive']);
      expect(await findings(cwd, '--changed')).toEqual([]);
    });
  });

  test('works below the top, with symbolic links, and on a directory', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/b.conf', 'server {\n    listen 81;\n    watt 1;\n}\n');
      const { stdout } = await nginxlint(['.', '--format', 'concise', '--changed'], { cwd: join(cwd, 'conf.d') });
      expect(stdout).toMatch(/^b\.conf:3:5: .*\n$/);
    });
  });
});

describe('--staged', () => {
  test('reads the index and not the files', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/b.conf', 'server {\n    listen 81;\n    staged 1;\n}\n');
      git(cwd, 'add', '.');
      write(cwd, 'conf.d/b.conf', 'server {\n    listen 81;\n    worktree 1;\n    worktree 2;\n}\n');
      mkdirSync(join(cwd, 'x'));
      write(cwd, 'conf.d/untracked.conf', 'server { watt 1; }\n');
      const { code, stdout } = await nginxlint(['nginx.conf', '--format', 'concise', '--staged'], { cwd });
      expect(stdout).toBe('conf.d/b.conf:3:5: error: unknown directive "staged" [unknown-directive]\n');
      expect(code).toBe(1);
    });
  });

  test('a file whose change is not staged is as it was', async () => {
    await inRepository(async (cwd) => {
      write(cwd, 'conf.d/b.conf', 'watt 1;\n');
      expect(await findings(cwd, '--staged')).toEqual([]);
      git(cwd, 'rm', '-q', '--cached', 'conf.d/b.conf');
      expect(await findings(cwd, '--staged')).toEqual([]);
    });
  });

  test('before the first commit all is new', async () => {
    await inDirectory(files, async (cwd) => {
      git(cwd, 'init', '-q');
      git(cwd, 'add', '.');
      expect(await findings(cwd, '--staged')).toEqual(['conf.d/a.conf:3 unknown-directive']);
    });
  });
});

describe('what is refused', () => {
  test('no repository', async () => {
    await inDirectory(files, async (cwd) => {
      for (const [option, said] of [
        ['--changed', '--changed needs git: not a git repository'],
        ['--staged', '--staged needs git: not a git repository'],
        ['--changed=main', '--changed needs git: not a git repository'],
      ] as const) {
        const { code, stderr } = await nginxlint(['nginx.conf', option], { cwd });
        expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
      }
    });
  });

  test.each([
    [['--changed=nope'], 'git knows no commit nope'],
    [['--changed', '--staged'], 'choose one'],
    [['--staged', '--fix'], 'not with --fix'],
    [['--changed', '--update-baseline'], 'not with --fix, --diff or --update-baseline'],
  ])('%j', async (argv, complaint) => {
    await inRepository(async (cwd) => {
      const { code, stderr } = await nginxlint(['nginx.conf', ...argv], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining(complaint)]);
    });
  });

  test('standard input', async () => {
    const { code, stderr } = await nginxlint(['-', '--changed'], { cwd: '/' });
    expect([code, stderr]).toEqual([2, 'nginxlint: --changed is for files, not for standard input\n']);
  });
});
