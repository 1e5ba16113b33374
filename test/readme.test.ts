import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support/files.ts';
import { nginxlint } from './support/nginxlint.ts';
import { Nginxrun } from './support/nginxrun.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** What README shows of a command: its arguments, and what it printed. */
function transcript(binary: string): { args: string[]; output: string } {
  const [, command = '', output = ''] = new RegExp(`\\$ node bin/${binary}.js (.*)\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  return { args: command.split(' '), output };
}

/** Ports and times are another each time. */
function steady(text: string): string {
  return text.replace(/(127\.0\.0\.1:)\d+/g, '$1PORT').replace(/[\d.]+ ms/g, 'N ms');
}

test('nginxlint prints what README shows', async () => {
  const { args, output } = transcript('nginxlint');
  const { stdout } = await nginxlint(args, { cwd: root });
  expect(stdout).toBe(output);
});

test('nginxrun prints what README shows', async () => {
  const { args, output } = transcript('nginxrun');
  const ng = new Nginxrun([...args, '--listen', '80=0']);
  const [, url = ''] = await ng.says(/listen \S+ → (\S+)\n[\s\S]*web02:80 → mock at \S+\n/);
  const requests = output.match(/ GET \/ /g) ?? [];
  for (const [index] of requests.entries()) {
    await (await fetch(url)).arrayBuffer();
    await ng.says(new RegExp(`(?:.*GET / .* ms\n){${index + 1}}`));
  }
  expect(steady(ng.output)).toBe(steady(output));
});
