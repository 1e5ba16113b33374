import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, inDirectory, nginxlint } from '../support/nginxlint.ts';

const old = `worker_processes 1; events {}
http { server_tokens off;
    server {
        listen 80;
        server_name a.example.com;
        location ~ \\.php$ { lissten 1; lissten 2; }
    }
}
`;
const files = { 'nginx.conf': old, 'conf.d/other.conf': 'server { watt 1; }\n' };
const file = '.nginxlint-baseline.json';

async function baselined(body: (cwd: string) => Promise<void>): Promise<void> {
  await inDirectory(files, async (cwd) => {
    const { code, stderr } = await nginxlint(['nginx.conf', 'conf.d', '--update-baseline'], { cwd });
    expect([code, stderr]).toEqual([0, `note: 3 findings are in ${file} now\n`]);
    await body(cwd);
  });
}

async function concise(cwd: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await nginxlint([...argv, '--format', 'concise'], { cwd });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('the baseline', () => {
  test('is keyed by rule and structural path', async () => {
    await baselined(async (cwd) => {
      expect(JSON.parse(filesOf(cwd)[file] ?? '')).toEqual({
        version: 1,
        findings: [
          { file: 'conf.d/other.conf', rule: 'unknown-directive', path: 'server>watt', kind: 'unknown directive "…"', count: 1 },
          {
            file: 'nginx.conf',
            rule: 'unknown-directive',
            path: 'http>server[a.example.com:80]>location[~ \\.php$]>lissten',
            kind: 'unknown directive "…"',
            count: 2,
          },
        ],
      });
    });
  });

  test('keeps back what it knows, and says so', async () => {
    await baselined(async (cwd) => {
      const { code, stdout, stderr } = await nginxlint(['nginx.conf', 'conf.d'], { cwd });
      expect([code, stdout, stderr]).toEqual([0, 'nothing to report in 2 files, 3 more in the baseline\n', '']);
      expect(await concise(cwd, 'nginx.conf', '--no-baseline')).toHaveLength(2);
    });
  });

  test('survives moved lines and other indentation', async () => {
    await baselined(async (cwd) => {
      writeFileSync(
        join(cwd, 'nginx.conf'),
        `# new\n\n${old.replaceAll('    ', '\t').replace('lissten 1;', '\n\n  lissten 1;\n')}`,
      );
      expect(await concise(cwd, 'nginx.conf')).toEqual([]);
    });
  });

  test('counts equal findings', async () => {
    await baselined(async (cwd) => {
      writeFileSync(join(cwd, 'nginx.conf'), old.replace('lissten 2;', 'lissten 2; lissten 3;'));
      expect(await concise(cwd, 'nginx.conf')).toHaveLength(1);
    });
  });

  test('reports a finding in another place', async () => {
    await baselined(async (cwd) => {
      writeFileSync(join(cwd, 'nginx.conf'), old.replace('server_name', 'lissten 3; server_name'));
      expect(await concise(cwd, 'nginx.conf')).toEqual([
        'nginx.conf:5:9: error: unknown directive "lissten" [unknown-directive]',
      ]);
    });
  });

  test('says which entries are stale, of files that were read or are gone', async () => {
    await baselined(async (cwd) => {
      writeFileSync(join(cwd, 'nginx.conf'), old.replace('lissten 1; lissten 2;', ''));
      const { stderr } = await nginxlint(['nginx.conf'], { cwd });
      expect(stderr).toBe(
        `note: 1 entry is no longer found; --update-baseline takes them out of ${file}:\n` +
          '  nginx.conf: unknown-directive at http>server[a.example.com:80]>location[~ \\.php$]>lissten (2 times)\n',
      );
      rmSync(join(cwd, 'conf.d'), { recursive: true });
      expect((await nginxlint(['nginx.conf'], { cwd })).stderr).toContain(
        'conf.d/other.conf: unknown-directive at server>watt\n',
      );
    });
  });

  test('an update keeps what it has of files that were not read', async () => {
    await baselined(async (cwd) => {
      writeFileSync(join(cwd, 'nginx.conf'), old.replace('lissten 1; lissten 2;', ''));
      await nginxlint(['nginx.conf', '--update-baseline'], { cwd });
      const { findings } = JSON.parse(filesOf(cwd)[file] ?? '') as { findings: { file: string }[] };
      expect(findings.map((entry) => entry.file)).toEqual(['conf.d/other.conf']);
    });
  });

  test('its paths start from where it lies', async () => {
    await inDirectory(files, async (cwd) => {
      await nginxlint(['../nginx.conf', '--baseline', '../known.json', '--write-baseline'], { cwd: join(cwd, 'conf.d') });
      expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toContain('"file": "nginx.conf"');
      expect(await concise(cwd, 'nginx.conf', '--baseline', 'known.json')).toEqual([]);
    });
  });

  test.each([
    ['not JSON', '{', 'cannot read the baseline'],
    ['another file', '{"version": 1, "findings": [{}]}', 'is no baseline'],
    ['no object', 'null', 'is no baseline'],
  ])('%s is refused', async (_, text, complaint) => {
    await inDirectory({ ...files, [file]: text }, async (cwd) => {
      const { code, stderr } = await nginxlint(['nginx.conf'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(complaint);
    });
  });

  test('a named one that is not there is refused', async () => {
    await inDirectory(files, async (cwd) => {
      const { code, stderr } = await nginxlint(['nginx.conf', '--baseline', 'nope.json'], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining('cannot read the baseline')]);
    });
  });
});
