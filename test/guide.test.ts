import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support/files.ts';
import { nginxc } from './support/nginxc.ts';
import { nginxlint } from './support/nginxlint.ts';

/**
 * Pages that are followed from top to bottom in an empty directory. Each line that a page shows must be printed, in that order;
 * a rule that is new may print more. `UPDATE=1` writes all that the commands print.
 */
const pages = [
  'docs/guide/getting-started.md',
  'docs/guide/configuration.md',
  'docs/guide/suppressions.md',
  'docs/guide/custom-rules.md',
  'docs/guide/compile.md',
  'docs/guide/haproxy.md',
  'docs/guide/sessions.md',
  'docs/guide/explain.md',
  'docs/guide/testing.md',
  'docs/guide/sim.md',
];

const fence = /^```(\w+)?([^\n]*)\n(.*?)^```$/gms;

test.each(pages)('%s', { timeout: 60_000 }, async (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const directory = mkdtempSync(join(tmpdir(), 'guide-'));
  try {
    for (const name of ['vitest', 'vite']) link(`node_modules/${name}`, directory, `node_modules/${name}`);
    link('', directory, 'node_modules/nginxlint');
    let updated = '';
    let from = 0;
    for (const { 0: whole, 1: language, 2: words = '', 3: body = '', index } of text.matchAll(fence)) {
      const file = /\bfile=(\S+)/.exec(words)?.[1];
      if (file !== undefined) write(join(directory, file), body);
      if (language !== 'console') continue;
      const printed = await transcript(body, directory);
      if (!process.env.UPDATE) expect(linesIn(printed, body), `${page}, after ${body.split('\n')[0]}`).toBe(body);
      updated += text.slice(from, index) + whole.replace(body, () => printed);
      from = index + whole.length;
    }
    if (process.env.UPDATE) writeFileSync(join(root, page), updated + text.slice(from));
    expect(text.match(/^```console/gm)?.length).toBeGreaterThan(0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

/** The lines of `expected` that are found in `printed`, in their order. */
function linesIn(printed: string, expected: string): string {
  const lines = printed.split('\n');
  let at = 0;
  const found = expected.split('\n').filter((line) => {
    const index = lines.indexOf(line, at);
    if (index >= 0) at = index + 1;
    return index >= 0;
  });
  return found.join('\n');
}

/** Runs the lines that begin with `$`; gives them with what they print. `mv` and `rm` are those of the shell. */
async function transcript(body: string, cwd: string): Promise<string> {
  let printed = '';
  for (const [, command = ''] of body.matchAll(/^\$ (.*)$/gm)) {
    printed += `$ ${command}\n${await output(wordsOf(command), cwd)}`;
  }
  return printed;
}

/** Words as a shell has them, with single quotes and no other ones. */
function wordsOf(command: string): string[] {
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
}

async function output([name = '', ...args]: readonly string[], cwd: string): Promise<string> {
  if (name === 'nginxlint' || name === 'nginxc') {
    const { stdout, stderr } = await (name === 'nginxc' ? nginxc : nginxlint)(args, { cwd });
    return stdout + stderr;
  }
  if (name === 'nginxrun') {
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/nginxrun.js'), ...args], { cwd, encoding: 'utf8' });
    return stdout + stderr;
  }
  if (name === 'npx') {
    const bin = join(root, 'node_modules/.bin', args[0] ?? '');
    const { status, stdout, stderr } = spawnSync(bin, args.slice(1), {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(status, stdout + stderr).toBe(0);
    return `${/^ *Tests .*$/m.exec(stdout)?.[0].trim()}\n`;
  }
  expect(['rm', 'mv']).toContain(name);
  expect(spawnSync(name, args, { cwd }).status).toBe(0);
  return '';
}

function link(from: string, directory: string, to: string): void {
  mkdirSync(dirname(join(directory, to)), { recursive: true });
  symlinkSync(join(root, from), join(directory, to));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
