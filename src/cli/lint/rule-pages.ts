import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearest, similarTo } from '../../base/nearest.ts';
import { registry } from '../../lint/registry.ts';
import type { Rule } from '../../lint/rule.ts';
import { ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';

/** `nginxlint explain RULE`: prints the rule's page. */
export function explainCommand(id: string, { stdout }: Streams): number {
  const rule = registry.find((one) => one.id === id);
  if (!rule) {
    const near = nearest(
      similarTo(
        id,
        registry.map((one) => one.id),
      ),
    )[0];
    throw new UsageError(
      `no rule is called "${id}"${near === undefined ? '' : `; did you mean "${near}"?`} (nginxlint rules lists them)`,
    );
  }
  stdout.write(pageOf(rule));
  return ok;
}

/** The page of a rule, as Markdown; it lies beside the rule in the package. */
export function pageOf({ category, id }: Rule): string {
  return readFileSync(join(packageDirectory(), 'src/lint/rules', category, `${id}.md`), 'utf8');
}

/** `nginxlint rules`: every rule on a line, or as JSON. */
export function rulesCommand(isJson: boolean, { stdout }: Streams): number {
  const rules = [...registry].sort((a, b) => order(a.category, b.category) || order(a.id, b.id));
  stdout.write(isJson ? `${JSON.stringify(rules.map(factsOf), null, 2)}\n` : tableOf(rules));
  return ok;
}

function factsOf({ id, category, severity, summary, fixable, presets, settings }: Rule) {
  return { id, category, severity, fixable, summary, presets, ...(settings && { settings }) };
}

function tableOf(rules: readonly Rule[]): string {
  const rows = [
    ['rule', 'severity', 'category', 'fix', 'what it reports'],
    ...rules.map(({ id, severity, category, fixable, summary }) => [id, severity, category, fixable || '', summary]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where our package.json lies: above dist/ when built, above src/ in tests; both know `__dirname`. */
export function packageDirectory(): string {
  let directory = __dirname;
  while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory) directory = dirname(directory);
  return directory;
}
