// How long the binaries take to start, beside an empty Node: npm run bench:start
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costsOf, printCosts } from './costs.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-bench-'));
const config = join(folder, 'nginx.conf');
writeFileSync(config, 'events {}\nhttp {\n    server {\n        listen 80;\n        root /srv;\n    }\n}\n');

const starts = [
  { label: 'node -e 0', command: ['node', '-e', '0'] },
  ...['nginxlint', 'nginxc', 'nginxrun'].map((name) => ({
    label: `${name} --version`,
    command: ['node', `bin/${name}.js`, '--version'],
  })),
  { label: 'nginxlint, one small file', command: ['node', 'bin/nginxlint.js', config] },
  { label: 'nginxrun -t, the same', command: ['node', 'bin/nginxrun.js', '-t', '-q', '-c', config] },
];
printCosts(starts, costsOf(starts, 15, 3));
rmSync(folder, { recursive: true, force: true });
