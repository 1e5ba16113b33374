import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileCases } from '../support/compile-cases.ts';
import { nginxc } from '../support/nginxc.ts';

const cases = compileCases('expected.haproxy.cfg');

test.each(cases)('$name', async ({ directory, file }) => {
  const { stdout } = await nginxc(['haproxy', file], { cwd: directory });
  const golden = join(directory, 'expected.haproxy.cfg');
  if (process.env.UPDATE) writeFileSync(golden, stdout);
  else expect(stdout).toBe(readFileSync(golden, 'utf8'));
});

test.each(cases)('of $name every directive is accounted for', async ({ directory, file }) => {
  const { code, stdout } = await nginxc(['haproxy', file, '--gaps', 'json'], { cwd: directory });
  const { gaps } = JSON.parse(stdout);
  const lines = new Set(gaps.map((gap: { file: string; line: number }) => `${gap.file}:${gap.line}`));
  const text = readFileSync(join(directory, file), 'latin1');
  const starts = [...text.matchAll(/^[\t ]*(?!include\b)[a-z]\w+[^\n]*;/gm)].map(
    ({ index }) => text.slice(0, index).split('\n').length,
  );
  const inData = /^\s*(?:default|status|header|body|good-bot|hostnames|paid)[\s;]/;
  const missing = starts.filter((line) => !lines.has(`${file}:${line}`) && !inData.test(text.split('\n')[line - 1] ?? ''));
  expect(missing.map((line) => text.split('\n')[line - 1])).toEqual([]);
  const dropped = gaps.some(({ verdict }: { verdict: string }) => verdict === 'dropped');
  const broken = file.includes('lb-check');
  expect(code).toBe(dropped || broken ? 1 : 0);
});

const lossy = cases.find(({ name }) => name === 'losses');

test.each([
  [[], 1],
  [['--allow-loss', 'gzip'], 1],
  [['--allow-loss', 'all'], 0],
])('losses are allowed one by one, or all: %j', async (options, code) => {
  const run = await nginxc(['haproxy', 'nginx.conf', ...options], { cwd: lossy?.directory ?? '' });
  expect(run.code).toBe(code);
  expect(run.stderr.includes('gzip on is dropped')).toBe(options.length === 0);
});

test('gaps are findings in SARIF', async () => {
  const { stdout } = await nginxc(['haproxy', 'nginx.conf', '--gaps', 'sarif'], { cwd: lossy?.directory ?? '' });
  const [run] = JSON.parse(stdout).runs;
  expect(run.tool.driver.name).toBe('nginxc');
  expect(run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'gzip')).toMatchObject({ level: 'error' });
  expect(run.results.some(({ level }: { level: string }) => level === 'note')).toBe(true);
});

test.each([
  ['2.6', 'check/default_down'],
  ['3.1', undefined],
])('what release %s can say is said', async (release, id) => {
  const check = cases.find(({ name }) => name === 'seed-lb-lb-check');
  const { stdout } = await nginxc(['haproxy', check?.file ?? '', '--version', release, '--gaps', 'json'], {
    cwd: check?.directory ?? '',
  });
  const ids: readonly string[] = JSON.parse(stdout).gaps.map((gap: { id: string }) => gap.id);
  expect(ids.find((one) => one === 'check/default_down')).toBe(id);
});
