import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/files.ts';
import { inDirectory } from '../support/nginxlint.ts';
import { describeWith } from '../support/real.ts';

const good = 'events {}\nhttp {\n    server {\n        listen 80;\n    }\n}\n';

/** What an npm around us tells the processes it starts would mislead the one that pre-commit starts. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const ofNpm = /^(?:npm_(?:package|lifecycle|command|execpath|node_execpath|config_(?:local_|global_)?prefix)|GIT_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofNpm.test(name)));
}

/** Runs a program to its end; `spawnSync` would keep other tests of this thread from their timers. */
async function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { cwd, env: quietEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output };
}

function git(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8', env: quietEnvironment() });
  expect(status, stderr).toBe(0);
}

describeWith('pre-commit', 'pre-commit', (program) => {
  // It clones the repository, installs what package.json names, builds, packs, and installs that: minutes.
  test('both hooks of this repository run, from its clone', { timeout: 900_000 }, async () => {
    await inDirectory({ 'nginx.conf': good, 'app.conf': '[section]\nkey = value\n' }, async (cwd) => {
      git(cwd, 'init', '-q');
      writeFileSync(join(cwd, 'nginx.conf'), good.replace('listen 80;', 'lissten 80;'));
      git(cwd, 'add', '.');
      const { code, output } = await run(program, ['try-repo', root, '--verbose', '--all-files'], cwd);
      expect(output).toMatch(/^nginxlint\.+Failed$/m);
      expect(output).toMatch(/^nginxlint --staged\.+Failed$/m);
      expect(output.match(/error\[unknown-directive\]: unknown directive "lissten"/g)).toHaveLength(2);
      expect(output).not.toContain('app.conf');
      expect(code).toBe(1);
    });
  });
});

test('the hooks name what package.json has, and take the files that are nginx’s', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as {
    id: string;
    entry: string;
    files?: string;
  }[];
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  expect(hooks.map(({ id }) => id)).toEqual(['nginxlint', 'nginxlint-staged']);
  for (const { entry } of hooks) expect(Object.keys(bin)).toContain(entry.split(' ')[0]);
  const files = new RegExp(hooks[0]?.files ?? '');
  const taken = ['nginx.conf', 'etc/nginx/nginx.conf', 'nginx-prod.conf', 'conf.d/a.conf', 'x/sites-enabled/default', 'a.vhost'];
  const left = ['app.conf', 'src/redis.conf', 'sites-enabled/a.bak', 'conf.d/readme.md', 'nginx.conf.j2', 'docs/nginx.md'];
  expect(taken.filter((path) => !files.test(path))).toEqual([]);
  expect(left.filter((path) => files.test(path))).toEqual([]);
});
