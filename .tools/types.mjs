// Writes dist/types: the declarations that the library's entries reach, with paths as every resolver takes them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** `root`: the repository; false when tsc found errors. */
export function writeTypes(root) {
  const types = join(root, 'dist/types');
  rmSync(types, { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', '.tools/tsconfig.types.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) return false;

  const reached = new Map();
  const queue = ['index', 'define', 'testing'].map((name) => join(types, `src/${name}.d.ts`));
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (reached.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    const own = ts.preProcessFile(text).importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
    queue.push(...own.map(({ fileName }) => join(dirname(file), fileName.replace(/\.ts$/, '.d.ts'))));
    reached.set(file, text.replace(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
  rmSync(types, { recursive: true });
  for (const [file, text] of reached) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`${reached.size} declaration files in ${relative(root, types)}`);
  return true;
}
