// How fast everything is, as ratios to others: npm run bench. Each part runs in a process of its own; a minute in all.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

for (const name of ['start', 'parse', 'serve', 'answers']) {
  const file = `bench/${name}.ts`;
  if (!existsSync(file)) continue;
  console.log(`\n${name}\n`);
  const { status } = spawnSync(process.execPath, ['.tools/run.mjs', file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
