import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from '../support/files.ts';
import { expectGolden } from '../support/golden.ts';
import { nginxlint } from '../support/nginxlint.ts';

const cwd = join(root, 'fixtures/seed');
const files = filesIn('fixtures/seed', '.conf').map((file) => file.slice('fixtures/seed/'.length));

/* What we say about the six files that the project began with: read it as their author would. */
describe("the tutorial's configurations", () => {
  test.each(['concise', 'pretty'])('%s', async (format) => {
    expect(files).toHaveLength(6);
    let transcript = '';
    for (const file of files) {
      const { code, stdout, stderr } = await nginxlint([file, '--format', format], { cwd });
      transcript += `$ nginxlint ${file}${format === 'pretty' ? '' : ` --format ${format}`}\n${stderr}${stdout}[exit code ${code}]\n\n`;
    }
    expectGolden(`seed.${format}.txt`, transcript);
  });
});
