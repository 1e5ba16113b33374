import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileCases } from '../support/compile-cases.ts';
import { nginxc } from '../support/nginxc.ts';

const cases = compileCases('keepalived.args').map((one) => ({
  ...one,
  args: readFileSync(join(one.directory, 'keepalived.args'), 'utf8').trim().split(' '),
}));

test.each(cases)('$name', async ({ directory, file, args }) => {
  const { stdout } = await nginxc(['keepalived', file, ...args], { cwd: directory });
  const golden = join(directory, 'expected.keepalived.conf');
  if (process.env.UPDATE) writeFileSync(golden, stdout);
  else expect(stdout).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'UPDATE=1 writes it');
});

test.each(cases)('of $name every directive is accounted for, and losses are told', async ({ directory, file, args }) => {
  const { code, stdout } = await nginxc(['keepalived', file, ...args, '--gaps', 'json'], { cwd: directory });
  const { gaps } = JSON.parse(stdout) as { gaps: readonly { verdict: string; file: string; line: number }[] };
  const text = readFileSync(join(directory, file), 'utf8');
  const lines = text.split('\n').flatMap((line, index) => (/^\s*(?!include\b)[a-z][^#]*[;{]/.test(line) ? [index + 1] : []));
  const told = new Set(gaps.filter((gap) => gap.file === file).map(({ line }) => line));
  expect(lines.filter((line) => !told.has(line))).toEqual([]);
  const isBroken = file.includes('lb-check');
  expect(code).toBe(isBroken || gaps.some(({ verdict }) => verdict === 'dropped') ? 1 : 0);
});

test('losses are allowed', async () => {
  const cwd = cases.find(({ name }) => name === 'l4-layer7')?.directory ?? '';
  const argv = ['keepalived', 'nginx.conf', '--lb-kind', 'nat', '--vip', '10.0.0.1'];
  expect((await nginxc([...argv, '--allow-loss', 'gzip'], { cwd })).code).toBe(1);
  expect(await nginxc([...argv, '--allow-loss', 'all'], { cwd })).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  [['--vip', '10.0.0.1'], "required option '--lb-kind <kind>' not specified"],
  [['--lb-kind', 'nat'], "required option '--vip <address>' not specified"],
  [['--lb-kind', 'nat', '--vip', 'web'], 'It must be an IP address.'],
  [['--lb-kind', 'bridge', '--vip', '10.0.0.1'], 'Allowed choices are nat, dr, tun.'],
  [['--lb-kind', 'nat', '--vip', '10.0.0.1', '--host', 'web01'], 'It must be NAME=ADDRESS.'],
  [['--lb-kind', 'nat', '--vip', '10.0.0.1', '--vrrp', 'eth0 }'], 'It must be the name of a network interface.'],
])('%j is refused', async (options, message) => {
  const { code, stderr } = await nginxc(['keepalived', 'nginx.conf', ...options], { cwd: '/' });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});
