// Bundles a TypeScript file and runs it: node .tools/run.mjs bench/parse.ts [arguments]
import { rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node .tools/run.mjs FILE.ts [arguments]');
  process.exit(2);
}
const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Inside node_modules, so that packages left out of the bundle are found, and git doesn't see it.
const outfile = join(root, 'node_modules', '.cache', `${basename(entry, '.ts')}.${process.pid}.mjs`);
const toRoot = { name: 'import-meta', setup: keepFileUrls };

/** `import.meta.url` stays that of the source, so that tools can find files beside them. */
function keepFileUrls(building) {
  building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    if (path.includes('node_modules')) return null;
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(path, 'utf8');
    return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
  });
}

await build({
  absWorkingDir: root,
  entryPoints: [relative(root, resolve(entry))],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  define: { __VERSION__: '"development"' },
  outfile,
  plugins: [toRoot],
  logLevel: 'warning',
});
process.argv = [process.argv[0], resolve(entry), ...rest];
process.setSourceMapsEnabled(true);
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
