import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/files.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const built = ['nginxlint', 'nginxc', 'nginxrun'].filter((name) => existsSync(join(root, 'src/cli', `${name}.ts`)));

describe.each(built)('bin/%s.js', (name) => {
  const bin = join(root, 'bin', `${name}.js`);

  test('says its version', () => {
    const { stdout, status } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
    expect(stdout).toContain(version);
    expect(status).toBe(0);
  });

  test('says the same from the code that the first run left', () => {
    const [first, second] = [0, 1].map(() => spawnSync(process.execPath, [bin, '--help'], { encoding: 'utf8' }).stdout);
    expect(second).toBe(first);
  });

  test('refuses options that it does not have', () => {
    const { stderr, status } = spawnSync(process.execPath, [bin, '--no-such-option'], { encoding: 'utf8' });
    expect(stderr).not.toBe('');
    expect(status).toBeGreaterThan(0);
  });
});

test('a reader that goes away ends nginxlint in silence', async () => {
  const child = spawn(process.execPath, [join(root, 'bin/nginxlint.js'), '--format', 'concise', '-'], { stdio: 'pipe' });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk;
  });
  child.stdout.destroy();
  child.stdin.on('error', () => undefined);
  child.stdin.end('http {\n    root;\n    listen 80\n}\n');
  await new Promise((done) => child.once('close', done));
  expect(complaints).not.toMatch(/EPIPE|Error|at .*:\d+/);
});
