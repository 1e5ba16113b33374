/*
 * All rules on a tree of 3,000 files, beside `nginx -t` on the same tree (which runs no rules): npm run bench:tree. CPU time is what
 * counts; wall time is there for a quiet machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costsOf, printCosts } from './costs.ts';
import { writeTree } from './realistic-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'tree-bench-'));
const { root, files, bytes } = writeTree(folder, Number(process.argv[2] ?? 2995));
const lint = ['node', 'bin/nginxlint.js', '--preset', 'all', '--format', 'json', root];
const { stdout, stderr } = spawnSync(lint[0] ?? '', lint.slice(1), { encoding: 'utf8', maxBuffer: 1 << 30 });
const found = (JSON.parse(stdout) as { diagnostics: { rule: string }[] }).diagnostics;
if (found.length === 0) throw new Error(`nothing found: ${stderr}`);
const rules = new Set(found.map(({ rule }) => rule));
console.log(
  `${files} files, ${(bytes / 1e6).toFixed(1)} MB; nginxlint finds ${found.length} times something, by ${rules.size} rules\n`,
);

const peers = [
  { label: 'nginx -t', command: ['nginx', '-t', '-q', '-e', '/dev/null', '-c', root] },
  { label: 'nginxlint, all rules', command: [...lint], exits: [0, 1] },
  { label: 'nginxrun -t', command: ['node', 'bin/nginxrun.js', '-t', '-q', '-c', root] },
];
printCosts(peers, costsOf(peers, Number(process.argv[3] ?? 3)));
rmSync(folder, { recursive: true, force: true });
