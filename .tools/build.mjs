// Builds dist/: one CommonJS file for each binary, the library as a module, and its types (not with --no-types).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lazyModules } from './lazy-modules.mjs';
import { lazyRules } from './lazy-rules.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);

const { version } = createRequire(import.meta.url)('../package.json');
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  define: { __VERSION__: JSON.stringify(version) },
  logLevel: 'warning',
  write: false,
};

const binaries = ['nginxlint', 'nginxc', 'nginxrun'].filter((name) => existsSync(inRoot('src/cli', `${name}.ts`)));
const commands = [
  ...binaries.map((name) => [name, `./${name}.ts`, 'main']),
  ['nginx-test', './nginx/nginx-test.ts', 'nginxTestCommand'],
];
const lazy = [await lazyModules(root), await lazyRules(root)];
/** commander loads `child_process` for subcommands in files of their own, which none of ours has: 4 ms of each start. */
const lateProcesses = {
  name: 'late-processes',
  setup(building) {
    building.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'late', namespace: 'late-processes' } : null,
    );
    building.onLoad({ filter: /.*/, namespace: 'late-processes' }, () => ({
      contents: "exports.spawn = (...args) => require('node:child_process').spawn(...args);",
    }));
  },
};
const jobs = commands.map(([name, file, main]) =>
  build({
    ...common,
    stdin: {
      contents: `import { ${main} } from '${file}';\nimport { start } from './start.ts';\nstart(${main});\n`,
      resolveDir: inRoot('src/cli'),
      sourcefile: `${name}.start.ts`,
      loader: 'ts',
    },
    // Loaded only where there is a configuration file, or to watch.
    external: ['chokidar', 'lilconfig', 'picomatch', 'yaml'],
    // A script with cached code has no import(): require() serves, and launch.ts has the real one.
    supported: { 'dynamic-import': false },
    format: 'cjs',
    charset: 'ascii',
    minify: true, // starts 4 ms faster than with names kept
    plugins: [...lazy, lateProcesses],
    outfile: `dist/${name}.cjs`,
  }),
);
jobs.push(build({ ...common, entryPoints: ['src/cli/launch.ts'], format: 'cjs', outfile: 'dist/launch.cjs' }));
if (existsSync(inRoot('src/index.ts'))) {
  jobs.push(build({ ...common, entryPoints: ['src/index.ts'], format: 'esm', outfile: 'dist/index.js' }));
  jobs.push(build({ ...common, entryPoints: ['src/define.ts'], format: 'esm', outfile: 'dist/define.js' }));
  const besideIndex = {
    name: 'index',
    setup: (building) => building.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: './index.js', external: true })),
  };
  jobs.push(
    build({ ...common, entryPoints: ['src/testing.ts'], format: 'esm', plugins: [besideIndex], outfile: 'dist/testing.js' }),
    build({ ...common, entryPoints: ['src/vitest.ts'], format: 'esm', external: ['vitest'], outfile: 'dist/vitest.js' }),
  );
}
const built = await Promise.all(jobs).catch(() => process.exit(1)); // esbuild has said why
mkdirSync(inRoot('dist'), { recursive: true });
for (const { path, contents } of built.flatMap(({ outputFiles }) => outputFiles)) {
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  for (const name of readdirSync(inRoot('dist'))) {
    if (name.startsWith(`${basename(path)}.`) && name.endsWith('.cache')) rmSync(inRoot('dist', name), { force: true });
  }
  // In one step, so that a command that starts meanwhile never sees half a file.
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

// A first run of each binary leaves V8's code of what is used (src/cli/launch.ts). A small file: code that few need is compiled in
// less time than reading it takes all others.
const small = inRoot('fixtures/configs/forum.conf');
for (const [name, ...args] of [
  ['nginxlint', small],
  ['nginxc', '--version'],
  ['nginxrun', '--version'],
  ['nginxrun', '-t', '-q', '-c', small],
]) {
  spawnSync(process.execPath, [`bin/${name}.js`, ...args], { cwd: root, stdio: 'ignore' });
}

if (existsSync(inRoot('src/index.ts')) && !process.argv.includes('--no-types')) {
  const { writeTypes } = await import('./types.mjs');
  if (!writeTypes(root)) process.exitCode = 1;
}
