import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { nginxc as run } from '../support/nginxc.ts';

const directory = mkdtempSync(join(tmpdir(), 'nginxc-fmt-'));
afterAll(() => rmSync(directory, { recursive: true }));

const messy = 'server {\n\tlisten 80;\n\troot  /srv;\n}\n';
const tidy = 'server {\n    listen 80;\n    root /srv;\n}\n';

beforeEach(() => {
  rmSync(directory, { recursive: true });
  mkdirSync(join(directory, 'conf.d'), { recursive: true });
  put('conf.d/messy.conf', messy);
  put('conf.d/tidy.conf', tidy);
});

function put(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

function textOf(name: string): string {
  return readFileSync(join(directory, name), 'utf8');
}

const nginxc = (argv: readonly string[], stdin = '') => run(argv, { cwd: directory, stdin });

test('to stdout; the files stay', async () => {
  expect(await nginxc(['fmt', 'conf.d/messy.conf'])).toEqual({ code: 0, stdout: tidy, stderr: '' });
  expect(textOf('conf.d/messy.conf')).toBe(messy);
});

test('standard input to standard output', async () => {
  expect(await nginxc(['fmt', '-'], messy)).toEqual({ code: 0, stdout: tidy, stderr: '' });
});

test('--check names what would change', async () => {
  expect(await nginxc(['fmt', '--check', 'conf.d'])).toEqual({ code: 1, stdout: 'conf.d/messy.conf\n', stderr: '' });
  expect(await nginxc(['fmt', '--check', 'conf.d/tidy.conf'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('--diff shows it', async () => {
  const { code, stdout } = await nginxc(['fmt', '--diff', 'conf.d']);
  expect(code).toBe(1);
  expect(stdout).toBe(`--- a/conf.d/messy.conf
+++ b/conf.d/messy.conf
@@ -1,4 +1,4 @@
 server {
-\tlisten 80;
-\troot  /srv;
+    listen 80;
+    root /srv;
 }
`);
});

test('--write changes files in place and keeps their mode', async () => {
  chmodSync(join(directory, 'conf.d/messy.conf'), 0o640);
  expect(await nginxc(['fmt', '--write', 'conf.d'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(textOf('conf.d/messy.conf')).toBe(tidy);
  expect(statSync(join(directory, 'conf.d/messy.conf')).mode & 0o777).toBe(0o640);
});

test('a file with errors is reported and left, the others are written', async () => {
  put('conf.d/broken.conf', 'server {\n  listen 80\n  root /srv;\n}\n');
  const { code, stderr } = await nginxc(['fmt', '--write', 'conf.d']);
  expect(code).toBe(1);
  expect(stderr).toBe('conf.d/broken.conf:2:10: error: a ";" is missing after "listen 80" [missing-semicolon]\n');
  expect(textOf('conf.d/broken.conf')).toContain('  listen 80\n');
  expect(textOf('conf.d/messy.conf')).toBe(tidy);
});

test('a read-only file is left', async () => {
  chmodSync(join(directory, 'conf.d/messy.conf'), 0o444);
  expect(await nginxc(['fmt', '-w', 'conf.d'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'nginxc: conf.d/messy.conf is left as it was: it is read-only\n',
  });
});

test('the configuration file says how, options win, ignored files are left', async () => {
  put('nginxlint.config.json', '{ "format": { "indent": "tab" }, "ignores": ["tidy.conf"] }');
  expect((await nginxc(['fmt', 'conf.d/tidy.conf'])).stdout).toBe(tidy.replaceAll('    ', '\t'));
  expect((await nginxc(['fmt', '--indent', '2', 'conf.d/tidy.conf'])).stdout).toBe(tidy.replaceAll('    ', '  '));
  expect((await nginxc(['fmt', '--no-config', '-c', 'conf.d/tidy.conf'])).code).toBe(0);
  expect((await nginxc(['fmt', '-c', 'conf.d'])).stdout).toBe('conf.d/messy.conf\n');
});

test('a configuration that is wrong is said', async () => {
  put('nginxlint.config.json', '{ "format": { "indent": 0 } }');
  const { code, stderr } = await nginxc(['fmt', 'conf.d']);
  expect(code).toBe(2);
  expect(stderr).toContain('nginxlint.config.json:1:25: error: format.indent must be 1 or more');
});

test.each([
  [['fmt'], "missing required argument 'paths'"],
  [['fmt', 'gone.conf'], 'cannot read gone.conf'],
  [['fmt', '--check', '--write', 'conf.d'], '--check, --diff and --write exclude each other'],
  [['fmt', '--indent', 'wide', 'conf.d'], 'It must be a number from 1 on'],
])('%j is wrong usage', async (argv, message) => {
  const { code, stderr } = await nginxc(argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
