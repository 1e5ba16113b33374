import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from './support/files.ts';

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
  runtime: ['base', 'diagnostics', 'config', 'schema', 'regex', 'directives', 'model', 'host interface'],
  handler: ['base', 'schema', 'directives', 'runtime', 'host interface', 'node:zlib', 'node:crypto'],
  handlers: ['handler', 'runtime'],
  'host interface': ['base'],
  host: ['base', 'host interface', 'node:*'],
  library: [
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
  ],
  cli: ['*', 'commander', 'picocolors', 'diff', 'node:*'],
};

const sources = [...filesIn('src', '.ts'), ...filesIn('grammar', '.ts')];
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

/** The row of the table that a file belongs to. */
function rowOf(file: string): string {
  if (file.startsWith('grammar/')) return 'grammar';
  if (file === 'src/modules/catalog.ts' || /^src\/modules\/.+\/(directives|settings)\.ts$/.test(file)) return 'directives';
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

/** The first cycle through `file`, as the files on it; type imports count. */
function cycleFrom(file: string): string[] | undefined {
  const path: string[] = [];
  const done = new Set<string>();
  function visit(at: string): boolean {
    if (at === file && path.length > 0) return true;
    if (done.has(at)) return false;
    done.add(at);
    path.push(at);
    if ((imports.get(at) ?? []).some(visit)) return true;
    path.pop();
    return false;
  }
  return visit(file) ? [...path, file] : undefined;
}

describe('imports', () => {
  test.each(sources)('%s', (file) => {
    expect(Object.keys(table), 'its row').toContain(rowOf(file));
    const refused = (imports.get(file) ?? []).filter((target) => !mayImport(file, target));
    expect(refused, `what ${rowOf(file)} may not import`).toEqual([]);
    expect(cycleFrom(file), 'a cycle').toBeUndefined();
  });
});

test.each(filesIn('bin', '.js'))('%s only starts its bundle', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const name = /bin\/(\w+)\.js$/.exec(file)?.[1];
  expect(text.trimEnd().split('\n')).toHaveLength(3);
  expect(text).toMatch(new RegExp(`^require\\('../dist/launch\\.cjs'\\)\\.launch\\('${name}'\\);$`, 'm'));
});
