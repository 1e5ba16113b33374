import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compileCases } from '../support/compile-cases.ts';
import { describeWith } from '../support/real.ts';

describeWith('keepalived', 'keepalived -t accepts', (keepalived) => {
  const folder = mkdtempSync(join(tmpdir(), 'keepalived-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  // VRRP wants an interface of this machine that is not the loopback.
  const [own] = Object.entries(networkInterfaces()).find(([, all = []]) => all.some(({ internal }) => !internal)) ?? [];

  test.each(compileCases('expected.keepalived.conf'))('$name', ({ directory }) => {
    const text = readFileSync(join(directory, 'expected.keepalived.conf'), 'utf8');
    const file = join(folder, 'keepalived.conf');
    const withoutVrrp = text.replace(/^vrrp_instance [\s\S]*?^\}$/m, '');
    writeFileSync(file, own === undefined ? withoutVrrp : text.replace(/^( {4}interface ).*$/m, `$1${own}`));
    const { status, stderr } = spawnSync(keepalived, ['-t', '-f', file], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
