import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesIn, root } from './support/files.ts';

const longestFile = 400;
const longestRule = 120;
const longestFunction = 60;

const everything = filesIn().filter((file) => !/\.(log|tgz)$/.test(file));
const typescript = everything.filter((file) => /\.m?ts$/.test(file));
const product = typescript.filter((file) => /^(src|grammar)\//.test(file));
const rules = product.filter((file) => file.startsWith('src/lint/rules/'));

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const parse = (file: string) => ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2023, true);
const lines = (text: string) => text.split('\n').length - 1;

/** Tables: one line for each thing, however many things there are. */
const isTable = (file: string) =>
  /^src\/modules\/(.+\/directives|catalog|handlers)\.ts$/.test(file) || file === 'src/lint/registry.ts';

describe('small, and counted', () => {
  test.each(typescript.filter((file) => !isTable(file)))('%s is short', (file) => {
    expect(lines(read(file))).toBeLessThanOrEqual(rules.includes(file) ? longestRule : longestFile);
  });

  test('functions are short', () => {
    const measured = product.filter((file) => !isTable(file)).flatMap(functionsOf);
    measured.sort((a, b) => b.lines - a.lines);
    console.log(
      `the ten longest functions\n${measured
        .slice(0, 10)
        .map(({ lines, name }) => `${lines} ${name}`)
        .join('\n')}`,
    );
    expect(measured.filter(({ lines, excused }) => lines > longestFunction && !excused)).toEqual([]);
  });
});

/** The functions of a file; the lines of named functions inside another count for themselves only. */
function functionsOf(file: string): { name: string; lines: number; excused: boolean }[] {
  const source = parse(file);
  const found: { name: string; lines: number; excused: boolean }[] = [];
  /** Returns the lines of the named functions directly inside `node`. */
  function visit(node: ts.Node): number {
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += visit(child);
    });
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return inner;
    const from = source.getLineAndCharacterOfPosition(node.getStart()).line;
    const all = source.getLineAndCharacterOfPosition(node.end).line - from + 1;
    const comments = source.text.slice(statementOf(node).getFullStart(), node.getStart());
    found.push({ name: `${file}:${from + 1} ${nameOf(node)}`, lines: all - inner, excused: /\blong:/i.test(comments) });
    return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? all : inner;
  }
  visit(source);
  return found;
}

function statementOf(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isStatement(at) && !ts.isClassElement(at) && at.parent) at = at.parent;
  return at;
}

function nameOf(node: ts.Node): string {
  const named = node as { name?: ts.Node };
  if (named.name) return named.name.getText();
  const parent = node.parent as { name?: ts.Node } | undefined;
  return parent?.name && ts.isIdentifier(parent.name) ? parent.name.getText() : '(unnamed)';
}

describe('pages', () => {
  test.each(rules)('%s has a page', (file) => {
    expect(existsSync(join(root, file.replace(/\.ts$/, '.md')))).toBe(true);
  });
  test.each(everything.filter((file) => /^src\/lint\/rules\/.+\.md$/.test(file)))('%s has a rule', (file) => {
    expect(rules).toContain(file.replace(/\.md$/, '.ts'));
  });
  test.each(product.filter((file) => /^src\/modules\/.+\/handler\.ts$/.test(file)))('the room of %s has a README', (file) => {
    expect(existsSync(join(root, dirname(file), 'README.md'))).toBe(true);
  });
});

describe('exports', () => {
  test.each(product)('%s', (file) => {
    const { statements } = parse(file);
    expect(
      statements.filter(isDefaultExport).map((node) => node.getText()),
      'default exports',
    ).toEqual([]);
    const barrel = statements.length > 0 && statements.every((node) => ts.isExportDeclaration(node) && node.moduleSpecifier);
    expect(barrel && !['src/index.ts', 'src/define.ts'].includes(file), 'a file of nothing but re-exports').toBe(false);
  });
});

function isDefaultExport(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true;
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
}

test('time, chance and timers come through the host', () => {
  const machine =
    /\b(Date\.now|Math\.random|performance\.now|process\.hrtime)\b|\bnew Date(\(\)|(?=\s*[;,)]))|(?<![.\w])(globalThis\.)?set(Timeout|Interval|Immediate)\(/;
  const found = product.filter((file) => !file.startsWith('src/host/')).filter((file) => machine.test(read(file)));
  expect(found.flatMap((file) => matching(file, withoutComments(file), machine))).toEqual([]);
});

function withoutComments(file: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true };
  return ts.transpileModule(read(file), { compilerOptions }).outputText;
}

function matching(file: string, text: string, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim().slice(0, 120)}`] : []));
}

test('every file has a name of its own', () => {
  const vague = /(^|[-_.])(helpers?|utils?|common|misc)([-_.]|$)/;
  // Fixtures are named by users, and the rooms of modules by nginx.
  const ours = everything.filter((file) => !file.startsWith('fixtures/')).map((file) => file.replace(/^src\/modules\/.+\//, ''));
  expect(ours.filter((file) => file.split('/').some((part) => vague.test(part)))).toEqual([]);
});

test('nothing at the top level but what belongs there', () => {
  const files = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'LICENSE',
    'action.yml',
  ];
  const folders = ['src', 'grammar', 'fixtures', 'test', 'bin', 'bench', 'docs'];
  const top = [...new Set(everything.map((file) => file.split('/')[0] ?? ''))].filter((name) => !name.startsWith('.'));
  expect(top.filter((name) => !files.includes(name) && !folders.includes(name))).toEqual([]);
});

test('nothing speaks of the machine it was written on', () => {
  // In pieces, so that this file does not hold them.
  const words = [
    ...['main', 'shared', '.library', '.mirror'].map((folder) => `/work${'/'}${folder}`),
    ['/tmp', 'bash_jobs'].join('/'),
    ['\\bfarm', ''].join('-'),
    ['registry', 'npmjs', 'org'].join('.'),
    ['"resolved"', ' "http'].join(':'),
  ];
  const pattern = new RegExp(words.join('|'));
  expect(everything.flatMap((file) => matching(file, read(file), pattern))).toEqual([]);
});

test('the lock file has the packages of every platform', () => {
  // npm leaves out what its registry lacks, and `npm ci` then refuses the file: node .tools/complete-lock.mjs
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  const paths = Object.keys(packages);
  expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});

test('every decision has its number', () => {
  const records = everything.filter((file) => file.startsWith('docs/decisions/')).map((file) => basename(file));
  expect(records.filter((name) => !/^\d{3}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
  expect(new Set(records.map((name) => name.slice(0, 3))).size).toBe(records.length);
});
