import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { asksForTest } from './nginx/asks-for-test.ts';

type Bundle = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

/**
 * Runs dist/NAME.cjs with the code that V8 compiled last time, which saves a third of the start. The first run
 * leaves that code beside the bundle, where it may; V8 refuses code of another version, and we of another bundle.
 */
export function launch(name: string): void {
  // What only judges has a bundle of its own: a third of the size, and nothing in it that runs.
  const bundle = name === 'nginxrun' && asksForTest(process.argv.slice(2)) ? 'nginx-test' : name;
  const file = join(__dirname, `${bundle}.cjs`);
  const { size, mtimeMs } = statSync(file);
  const cache = `${file}.${process.arch}-${process.versions.v8}-${size}-${Math.trunc(mtimeMs)}.cache`;
  const cachedData = contentOf(cache);
  // latin1: the build writes ASCII, and decoding UTF-8 takes 2 ms.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(cache, script));
  const run = script.runInThisContext() as Bundle;
  const module = { exports: {} };
  run(module.exports, createRequire(file), module, file, __dirname);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** At exit, because by then V8 has compiled what is used. */
function keep(cache: string, script: Script): void {
  try {
    const unfinished = `${cache}.${process.pid}`;
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, cache);
  } catch {
    // Not ours to write: each start takes a little longer.
  }
}

/** `import()` for the bundles: V8 forgets how a script imports when its compiled code is kept. */
export function importModule(url: string): Promise<object> {
  return import(url);
}
