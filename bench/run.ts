// Runs all benchmarks, one after the other, each in a process of its own: npm run bench
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

for (const name of ['start', 'parse', 'recovery', 'serve']) {
  const file = `bench/${name}.ts`;
  if (!existsSync(file)) continue;
  console.log(`\n${name}\n`);
  const { status } = spawnSync(process.execPath, ['.tools/run.mjs', file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
