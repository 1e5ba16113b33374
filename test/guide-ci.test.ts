import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './support/files.ts';
import { type Block, blocksOf } from './support/guide.ts';
import { inDirectory } from './support/nginxlint.ts';

/** What a console block shows: commands behind `$ `, below each what it prints. */
function commandsOf({ text }: Block): { command: string; output: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: part.slice(0, part.indexOf('\n')), output: part.slice(part.indexOf('\n') + 1) }));
}

test('docs/guide/ci.md: every command prints what the page shows', async () => {
  await inDirectory({}, async (directory) => {
    const [bin, cwd] = [join(directory, 'bin'), join(directory, 'work')];
    for (const folder of [bin, cwd]) mkdirSync(folder);
    symlinkSync(join(root, 'bin/nginxlint.js'), join(bin, 'nginxlint'));
    const env = { PATH: `${bin}:${process.env.PATH}`, HOME: directory, NO_COLOR: '1' };
    let status = 0;
    let count = 0;
    for (const block of blocksOf('docs/guide/ci.md')) {
      if (block.file !== undefined) {
        mkdirSync(dirname(join(cwd, block.file)), { recursive: true });
        writeFileSync(join(cwd, block.file), block.text);
      }
      if (block.language === 'yaml') expect(() => parse(block.text)).not.toThrow();
      if (block.language !== 'console') continue;
      for (const { command, output } of commandsOf(block)) {
        const script = `(exit ${status}); { ${command}\n} 2>&1`;
        const run = spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8' });
        expect(run.stdout, `$ ${command}`).toBe(output);
        status = run.status ?? 1;
        count++;
      }
    }
    expect(count).toBeGreaterThan(10);
  });
});
