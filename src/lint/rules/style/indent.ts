import { type IndentUnit, indentUnitOf, type LineStart, lineStarts } from '../../../syntax/indentation.ts';
import type { File } from '../../../syntax/tree.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const indent = defineRule({
  id: 'indent',
  category: 'style',
  severity: 'hint',
  summary: 'a line that is not indented as deep as its block',
  fixable: 'safe',
  presets: ['style'],
  settings: { unit: { default: 'auto', about: 'one level: "tab", a number of spaces, or "auto" for what most of the file has' } },
  references: ['https://nginx.org/en/docs/contributing_changes.html'],
  check(context) {
    for (const file of context.model.config.files) examine(file, context);
  },
});

function examine(file: File, context: RuleContext): void {
  const { source } = file;
  const lines = lineStarts(file);
  const first = lines?.find(({ kind }) => kind === 'directive');
  if (!lines || !first) return;
  const unit = unitOf(context.setting<string | number>('unit')) ?? indentUnitOf(source, lines);
  // A part of a configuration may stand as deep as where it came from.
  const base = source.text.slice(first.start, first.text);
  for (const line of lines) if (!isAtEdge(line)) check(line, base + unit.repeat(line.depth), file, context);
}

/** Code that is commented out stands at the edge. */
function isAtEdge({ kind, start, text }: LineStart): boolean {
  return kind === 'comment' && start === text;
}

function check({ start, text, depth }: LineStart, wanted: string, { source }: File, { report }: RuleContext): void {
  const written = source.text.slice(start, text);
  if (written === wanted) return;
  const end = Math.max(text, start + 1);
  report({
    span: { source, start, end },
    message: `indented by ${shown(written)}, in ${depth === 1 ? 'one block' : `${depth} blocks`} it would be ${shown(wanted)}`,
    why: 'The indentation shows which block a line belongs to, and a lost brace is found by it.',
    help: 'indent it as the rest of its block',
    fix: { title: 'indent it', safety: 'safe', edits: [replace({ source, start, end: text }, wanted)] },
  });
}

function shown(blanks: string): string {
  if (blanks === '') return 'nothing';
  const name = /^\t+$/.test(blanks) ? 'tab' : /^ +$/.test(blanks) ? 'space' : 'blank';
  return `${blanks.length} ${name}${blanks.length > 1 ? 's' : ''}`;
}

function unitOf(setting: string | number): IndentUnit | undefined {
  if (setting === 'tab') return '\t';
  return /^\d+$/.test(String(setting)) ? ' '.repeat(Number(setting)) : undefined;
}
