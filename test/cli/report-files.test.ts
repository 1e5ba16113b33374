import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, inDirectory, nginxlint } from '../support/nginxlint.ts';

const files = { 'site/nginx.conf': 'events {}\nhttp { lissten 80; }\n' };

describe('nginxlint --format', () => {
  test('several at once, one on the terminal and others in files', async () => {
    await inDirectory(files, async (cwd) => {
      const formats = ['pretty', 'json=out/report.json', 'concise=report.txt'].flatMap((format) => ['--format', format]);
      const { stdout, code } = await nginxlint(['site', ...formats], { cwd });
      expect(code).toBe(1);
      expect(stdout).toMatch(/^error\[unknown-directive\]/);
      expect(JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'))).toMatchObject({
        version: 1,
        summary: { errors: 1 },
      });
      expect(filesOf(cwd)['report.txt']).toBe('site/nginx.conf:2:8: error: unknown directive "lissten" [unknown-directive]\n');
    });
  });

  test('a file alone leaves the terminal empty', async () => {
    await inDirectory(files, async (cwd) => {
      const { stdout, stderr } = await nginxlint(['site', '--format', 'checkstyle=a.xml'], { cwd });
      expect([stdout, stderr]).toEqual(['', '']);
    });
  });

  test('a report is replaced in one step, and through its link', async () => {
    await inDirectory({ ...files, 'real.txt': 'old' }, async (cwd) => {
      symlinkSync('real.txt', join(cwd, 'link.txt'));
      chmodSync(join(cwd, 'real.txt'), 0o600);
      await nginxlint(['site', '--format', 'concise=link.txt'], { cwd });
      expect(Object.keys(filesOf(cwd))).toEqual(['real.txt', 'site/nginx.conf']);
      expect(filesOf(cwd)['real.txt']).toContain('unknown-directive');
    });
  });

  test('a file that cannot be written is said, and is exit code 2', async () => {
    await inDirectory(files, async (cwd) => {
      mkdirSync(join(cwd, 'taken'));
      const { code, stdout, stderr } = await nginxlint(['site', '--format', 'json=taken', '--format', 'concise'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^nginxlint: cannot write taken: EISDIR/);
      expect(stdout).toContain('unknown-directive');
    });
  });

  test.each([
    [['--format', 'json', '--format', 'sarif'], 'give one a file: --format sarif=FILE'],
    [['--format', 'json='], 'Write json=FILE'],
    [['--format', 'xml=a'], 'Allowed choices are pretty'],
  ])('%j', async (argv, complaint) => {
    await inDirectory(files, async (cwd) => {
      const { code, stderr } = await nginxlint(['site', ...argv], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(complaint);
    });
  });
});

describe('in CI', () => {
  test('GitHub Actions gets annotations beside the findings, with paths from the top of the checkout', async () => {
    await inDirectory(files, async (cwd) => {
      const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd };
      const { stdout } = await nginxlint(['nginx.conf'], { cwd: join(cwd, 'site'), env });
      expect(stdout).toMatch(/^error\[unknown-directive\].*\n1 error in 1 file[^\n]*\n::error file=site\/nginx\.conf,line=2,/s);
    });
  });

  test('GitLab CI has paths from the top of the checkout', async () => {
    await inDirectory(files, async (cwd) => {
      const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: cwd };
      await nginxlint(['nginx.conf', '--format', 'gitlab=report.json'], { cwd: join(cwd, 'site'), env });
      const [first] = JSON.parse(readFileSync(join(cwd, 'site/report.json'), 'utf8'));
      expect(first).toMatchObject({
        check_name: 'unknown-directive',
        location: { path: 'site/nginx.conf', lines: { begin: 2 } },
      });
      expect(first.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    });
  });

  test('--format turns the detection off', async () => {
    await inDirectory(files, async (cwd) => {
      const { stdout } = await nginxlint(['site', '--format', 'concise'], { cwd, env: { GITHUB_ACTIONS: 'true' } });
      expect(stdout).not.toContain('::error');
    });
  });
});

test('fingerprints stay when lines move, and differ for each finding', async () => {
  const fingerprints = async (text: string): Promise<string[]> => {
    return inDirectory({ 'nginx.conf': text }, async (cwd) => {
      const { stdout } = await nginxlint(['nginx.conf', '--format', 'gitlab'], { cwd });
      return (JSON.parse(stdout) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    });
  };
  const before = await fingerprints(
    'worker_processes 1; events {}\nhttp { server_tokens off; server { listen 80; lissten 1; lissten 2; } server { listen 81; lissten 1; } }\n',
  );
  const after = await fingerprints(
    '# new\nworker_processes 1; events { }\nhttp { server_tokens off;\n\tserver {\n\t\tlisten 80; lissten 1;\n\tlissten 2; } server { listen 81; lissten 1; } }\n',
  );
  expect(new Set(before).size).toBe(3);
  expect(after).toEqual(before);
});
