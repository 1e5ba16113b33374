// Writes what is generated and committed; with --check only compares, and fails when a file is stale.
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as a generator wants it; `path` from the root of the repository. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const file of (await readdir(join(here, 'gen'))).filter((name) => name.endsWith('.ts')).sort()) {
  const { generate }: { generate?: () => Promise<readonly Generated[]> } = await import(`./gen/${file.replace(/\.ts$/, '')}.ts`);
  if (!generate) continue;
  for (const { path, text } of await generate()) {
    const before = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (before === text) continue;
    stale.push(path);
    if (check) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

if (check && stale.length > 0) {
  console.error(`stale, run "npm run gen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
} else {
  for (const path of stale) console.log(`wrote ${path}`);
  // The other generators were bundled with the sources as they were before: once more, with what was written.
  if (stale.some((path) => path.startsWith('src/'))) {
    const { status } = spawnSync(process.execPath, [join(here, 'run.mjs'), join(here, 'gen.ts')], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  }
}
