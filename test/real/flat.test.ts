import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/check.ts';
import { inheritedBy } from '../../src/compile/flat/inherited.ts';
import { writeFlat } from '../../src/compile/flat/write.ts';
import { diskFiles } from '../../src/host/files.ts';
import { buildModel } from '../../src/model/build.ts';
import { scratch, targetOfInstalled } from '../support/ask-nginx.ts';
import { describeWith } from '../support/real.ts';
import { furnish, wholeFiles } from '../support/whole-files.ts';

/** What nginx accepts is accepted when it is one file, and when every block has what it inherits. */
describeWith('nginx', 'flat files', (nginx) => {
  const folder = scratch();
  furnish(folder);
  mkdirSync(join(folder, 'flat'));
  const accepts = (name: string) => {
    const { status, stderr } = spawnSync(nginx, ['-t', '-q', '-e', '/dev/null', '-p', `${folder}/`, '-c', join(folder, name)], {
      encoding: 'latin1',
    });
    return { accepted: status === 0, stderr };
  };
  const files = wholeFiles(targetOfInstalled(nginx).load).flatMap(({ name, text }, index) => {
    writeFileSync(join(folder, `${index}.conf`), text, 'latin1');
    return accepts(`${index}.conf`).accepted ? [{ name, file: `${index}.conf` }] : [];
  });

  test('there are some', () => {
    expect(files.length).toBeGreaterThan(15);
  });

  test.each(files)('$name', ({ file }) => {
    const loader = diskFiles(folder);
    const source = loader.read(file);
    if ('error' in source) return expect.fail(source.error);
    const { value } = loadConfig({ source, loader, prefix: '' });
    const inherited = inheritedBy(buildModel(value));
    for (const [name, text] of [
      ['flat.conf', writeFlat(value, { comments: true })],
      ['effective.conf', writeFlat(value, { inherited })],
    ] as const) {
      writeFileSync(join(folder, name), text, 'latin1');
      expect(accepts(name)).toEqual({ accepted: true, stderr: expect.anything() });
    }
  });
});
