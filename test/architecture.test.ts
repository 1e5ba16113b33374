import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from './support/files.ts';

const joined = [
  'base',
  'diagnostics',
  'syntax',
  'config',
  'schema',
  'regex',
  'directives',
  'model',
  'lint',
  'format',
  'compile',
  'runtime',
  'handlers',
  'host',
  'host interface',
];

/** Who may import whom, besides itself. Rooms first, then packages. The reasons are in ARCHITECTURE.md. */
const table: Record<string, readonly string[]> = {
  base: [],
  grammar: ['chevrotain'],
  diagnostics: ['base'],
  syntax: ['base', 'diagnostics', 'grammar'],
  schema: ['base', 'diagnostics', 'grammar'],
  config: ['base', 'diagnostics', 'syntax'],
  regex: ['base', 'diagnostics'],
  directives: ['base', 'diagnostics', 'schema'],
  model: ['base', 'diagnostics', 'grammar', 'syntax', 'config', 'schema', 'regex', 'directives'],
  lint: ['base', 'diagnostics', 'syntax', 'config', 'schema', 'regex', 'directives', 'model'],
  format: ['base', 'diagnostics', 'syntax'],
  compile: ['base', 'diagnostics', 'syntax', 'config', 'schema', 'directives', 'model'],
  runtime: [
    'base',
    'diagnostics',
    'config',
    'schema',
    'regex',
    'directives',
    'model',
    'host interface',
    'node:zlib',
    'node:crypto',
  ],
  handler: ['base', 'config', 'schema', 'directives', 'model', 'runtime', 'host interface', 'node:zlib', 'node:crypto'],
  handlers: ['handler', 'runtime'],
  'host interface': ['base'],
  host: ['base', 'host interface', 'node:*', 'chokidar'],
  run: [...joined, 'library'],
  library: [...joined, 'run', 'vitest'],
  cli: ['*', 'commander', 'picocolors', 'diff', 'lilconfig', 'picomatch', 'yaml', 'typescript', 'node:*'],
};

const sources = [...filesIn('src', '.ts'), ...filesIn('grammar', '.ts')];
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

/** What directives.ts reads arguments with lies beside it: whatever it reaches in its room obeys its row. */
const tables = new Set(
  sources.filter((file) => file === 'src/modules/catalog.ts' || /^src\/modules\/.+\/directives\.ts$/.test(file)),
);
for (const table of tables) {
  // A set takes additions while it is walked.
  for (const target of imports.get(table) ?? []) if (dirname(target) === dirname(table)) tables.add(target);
}

/** The row of the table that a file belongs to. */
function rowOf(file: string): string {
  if (file.startsWith('grammar/')) return 'grammar';
  if (tables.has(file)) return 'directives';
  if (file === 'src/modules/handlers.ts') return 'handlers';
  if (file.startsWith('src/modules/')) return 'handler';
  if (file === 'src/host/host.ts') return 'host interface';
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? 'library';
}

/** What a file imports: paths from the root for our own files, names for everything else. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => (fileName.startsWith('.') ? posix.join(dirname(file), fileName) : fileName));
}

function mayImport(file: string, target: string): boolean {
  const row = rowOf(file);
  const allowed = table[row] ?? [];
  if (!isOurs(target)) return allowed.includes(target) || (target.startsWith('node:') && allowed.includes('node:*'));
  const targetRow = rowOf(target);
  if (targetRow === row) return row !== 'handler' || dirname(file) === dirname(target);
  return allowed.includes(targetRow) || (allowed.includes('*') && table[targetRow] !== undefined);
}

function isOurs(target: string): boolean {
  return target.startsWith('src/') || target.startsWith('grammar/');
}

/** The shortest way from `file` back to itself; type imports count. */
function cycleFrom(file: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [file];
  // Breadth first; an array takes additions while it is walked.
  for (const at of queue) {
    for (const target of imports.get(at) ?? []) {
      if (target === file) return [...wayTo(at, cameFrom), file];
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, at);
      queue.push(target);
    }
  }
  return undefined;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const before = cameFrom.get(file);
  return before === undefined ? [file] : [...wayTo(before, cameFrom), file];
}

describe('imports', () => {
  test.each(sources)('%s', (file) => {
    expect(Object.keys(table), 'its row').toContain(rowOf(file));
    const refused = (imports.get(file) ?? []).filter((target) => !mayImport(file, target));
    expect(refused, `what ${rowOf(file)} may not import`).toEqual([]);
  });
});

test('no cycles', () => {
  const cycles = sources.flatMap((file) => [cycleFrom(file) ?? []]).filter(({ length }) => length > 0);
  const once = new Map(cycles.map((cycle) => [[...new Set(cycle)].sort().join(), cycle.join(' → ')]));
  expect([...once.values()].sort((one, other) => one.length - other.length)).toEqual([]);
});

test.each(filesIn('bin', '.js'))('%s only starts its bundle', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const name = /bin\/(\w+)\.js$/.exec(file)?.[1];
  expect(text.trimEnd().split('\n')).toHaveLength(3);
  expect(text).toMatch(new RegExp(`^require\\('../dist/launch\\.cjs'\\)\\.launch\\('${name}'\\);$`, 'm'));
});
