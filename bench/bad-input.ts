// Time and memory of files that are no configuration, 256 kB and 16 MB of each: node .tools/run.mjs bench/bad-input.ts [PROGRAM ARGUMENT…]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pieces = [
  '{',
  '}',
  ';',
  '{}',
  '"',
  "'",
  '$',
  '\\',
  '#',
  '\n',
  ' ',
  '#\n',
  '"\n',
  'a ',
  'a;',
  'a{',
  'a{}',
  'a "b" ',
  'include x;\n',
];
const sizes = [
  [1 << 18, '256 kB'],
  [1 << 24, '16 MB'],
] as const;

const bin = join(dirname(dirname(fileURLToPath(import.meta.url))), 'bin');
const [program = 'nginxlint', ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
const file = join(folder, 'nginx.conf');

for (const [size, label] of sizes) {
  for (const piece of pieces) {
    writeFileSync(file, piece.repeat(size / piece.length), 'latin1');
    const from = performance.now();
    const timed = ['-f', '%U %M', 'node', join(bin, `${program}.js`), ...args, file];
    const { status, stderr } = spawnSync('/usr/bin/time', timed, { encoding: 'latin1', maxBuffer: 1 << 28 });
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const [user, kilobytes] = (stderr.trim().split('\n').at(-1) ?? '').split(' ');
    const memory = (Number(kilobytes) / 1024).toFixed(0);
    console.log(
      `${label.padEnd(7)} ${JSON.stringify(piece).padEnd(15)} ${seconds} s (${user} s CPU)  ${memory} MB  exit code ${status}`,
    );
  }
}
rmSync(folder, { recursive: true, force: true });
