import { spawnSync } from 'node:child_process';

/** vitest's global setup: tests that start a binary start today's. */
export function setup(): void {
  const { status } = spawnSync(process.execPath, ['.tools/build.mjs', '--no-types'], { stdio: 'inherit' });
  if (status === 0) return;
  if (process.env.CI) throw new Error('the build failed');
  console.error('The build failed: tests that start a binary will fail or start an old one.');
}
