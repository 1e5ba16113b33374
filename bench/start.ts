// How long the binaries take to start, beside an empty Node: npm run bench:start
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const rounds = 25;
const commands = [
  ['node', '-e', '0'],
  ...['nginxlint', 'nginxc', 'nginxrun']
    .filter((name) => existsSync(`dist/${name}.cjs`))
    .map((name) => ['node', `bin/${name}.js`, '--version']),
  ['node', 'bin/nginxlint.js', '-'],
];
// A certificate list for Node is read at each start, and has nothing to do with ours.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const input = 'events {}\nhttp {\n    server {\n        listen 80;\n        root /srv;\n    }\n}\n';

const times = commands.map((): number[] => []);
for (let round = 0; round < rounds; round++) {
  commands.forEach(([command = '', ...args], at) => {
    const from = performance.now();
    spawnSync(command, args, { env, input });
    times[at]?.push(performance.now() - from);
  });
}
let empty = 0;
for (const [at, command] of commands.entries()) {
  const sorted = (times[at] ?? []).sort((a, b) => a - b);
  const [fastest = 0, median = 0] = [sorted[0], sorted[sorted.length >> 1]];
  empty ||= fastest;
  const ratio = at === 0 ? '' : `   ${(fastest / empty).toFixed(2)} × an empty Node`;
  console.log(
    `${command.join(' ').padEnd(36)} fastest ${fastest.toFixed(1).padStart(6)} ms   median ${median.toFixed(1).padStart(6)} ms${ratio}`,
  );
}
