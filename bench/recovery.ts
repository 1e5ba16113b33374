/*
 * How often the first finding is on the line of the mistake. Takes well-formed files in several styles, breaks
 * each in every place in every way of recovery-edits.ts, and counts. `--write` puts the table into
 * docs/recovery.md; `--misses KIND` lists what was missed, `--style NAME` measures
 * one style alone, `--folder PATH` files of others.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { lineAt, type SourceText, sourceText } from '../src/base/source-text.ts';
import { vocabulary } from '../src/model/vocabulary.ts';
import { parseFile } from '../src/syntax/build.ts';
import { type Mutation, mutations } from './recovery-edits.ts';

interface Style {
  readonly name: string;
  readonly aim: number;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

interface Count {
  tried: number;
  hit: number;
  one: number;
  silent: number;
}

const root = new URL('..', import.meta.url);
const misses = option('--misses');
const only = option('--style');
const other = option('--folder');

function option(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? '');
}

function corpus(): { name: string; text: string }[] {
  const folders = other ? [`${other}/`] : ['fixtures/configs/', 'fixtures/seed/lb/', 'fixtures/seed/web/'];
  return folders
    .flatMap((folder) =>
      readdirSync(new URL(folder, root))
        .filter((file) => /\.(conf|inc)$/.test(file))
        .map((file) => ({
          name: folder + file,
          text: readFileSync(new URL(folder + file, root), 'latin1'),
        })),
    )
    .filter(({ name }) => !name.endsWith('lb-check.conf'));
}

function styles(): Style[] {
  const files = corpus();
  const isFlat = (text: string): boolean => !/^[ \t]+\S/m.test(text);
  const each = (change: (text: string) => string) => files.map(({ name, text }) => ({ name, text: change(text) }));
  return [
    { name: 'as their authors indent', aim: 95, files: files.filter(({ text }) => !isFlat(text)) },
    {
      name: 'tabs and blanks by turns (tab = 4)',
      aim: 95,
      files: each((text) => byTurns(text, 4)).filter(({ text }) => !isFlat(text)),
    },
    { name: 'without indentation', aim: 80, files: each((text) => text.replace(/^[ \t]+/gm, '')) },
  ];
}

/** Rewrites every second line's indentation with tabs, as an editor set to that width would. */
function byTurns(text: string, width: number): string {
  return text
    .split('\n')
    .map((line, at) => {
      const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
      const columns = indent.replace(/\t/g, ' '.repeat(width)).length;
      const tabs = at % 2 ? Math.floor(columns / width) : 0;
      return '\t'.repeat(tabs) + ' '.repeat(columns - tabs * width) + line.slice(indent.length);
    })
    .join('\n');
}

/** Whether the reported line is the edited one; blank lines and comments between the two do not count. */
function isHit(source: SourceText, mutation: Mutation, line: number, every: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  const edited = lineAt(source, mutation.at);
  if (line === edited || every.get(mutation.text)?.has(line)) return true;
  const lines = source.text.split('\n').slice(Math.min(line, edited) - 1, Math.max(line, edited) - 1);
  const skipped = line > edited ? lines : lines.slice(1);
  return skipped.every((between) => /^\s*(#.*)?$/.test(between)) && (line > edited || /^\s*(#.*)?$/.test(lines[0] ?? ''));
}

function measure(style: Style): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { name, text } of style.files) {
    const all = mutations(text);
    const lines = new Map<string, Set<number>>();
    for (const { text: broken, at } of all)
      lines.set(broken, (lines.get(broken) ?? new Set()).add(lineAt(sourceText(name, broken), at)));
    for (const mutation of sampled(all)) tally(counts, name, mutation, lines);
  }
  return counts;
}

/** All mutations but of added quotes, which are possible at every word: of those every eighth. */
function sampled(all: readonly Mutation[]): Mutation[] {
  let added = 0;
  return all.filter(({ kind }) => !kind.includes('quote added') || added++ % 16 < 2);
}

function tally(
  counts: Map<string, Count>,
  name: string,
  mutation: Mutation,
  lines: ReadonlyMap<string, ReadonlySet<number>>,
): void {
  const source = sourceText(name, mutation.text);
  const { diagnostics } = parseFile(source, vocabulary);
  const first = diagnostics[0];
  const count = counts.get(mutation.kind) ?? { tried: 0, hit: 0, one: 0, silent: 0 };
  counts.set(mutation.kind, count);
  count.tried++;
  if (!first) count.silent++;
  if (diagnostics.length === 1) count.one++;
  const line = first ? lineAt(source, first.span.start) : 0;
  if (first && isHit(source, mutation, line, lines)) count.hit++;
  else if (misses !== null && mutation.kind.includes(misses))
    console.log(
      `${name} ${mutation.kind}: line ${lineAt(source, mutation.at)}, found ${first ? `${line} ${first.rule}: ${first.message}` : 'nothing'}`,
    );
}

function share(part: number, whole: number): string {
  return whole ? `${((100 * part) / whole).toFixed(1)} %` : '–';
}

function table({ name, aim }: Style, counts: ReadonlyMap<string, Count>): string {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const total = { tried: 0, hit: 0, one: 0, silent: 0 };
  for (const [, count] of rows) for (const key of ['tried', 'hit', 'one', 'silent'] as const) total[key] += count[key];
  const row = (kind: string, { tried, hit, one, silent }: Count): string =>
    `| ${kind} | ${tried} | ${share(hit, tried)} | ${share(one, tried)} | ${silent} |`;
  return [
    `## ${name}`,
    '',
    `Aim: ${aim} %.`,
    '',
    '| mistake | tried | on its line | one finding | unseen |',
    '|---|---:|---:|---:|---:|',
    ...rows.map(([kind, count]) => row(kind, count)),
    row('**all**', total),
    `| **every mistake alike** | | ${share(
      rows.reduce((sum, [, { hit, tried }]) => sum + hit / tried, 0),
      rows.length,
    )} | | |`,
    '',
  ].join('\n');
}

const report = styles()
  .filter(({ name }) => !only || name.includes(only))
  .map((style) => table(style, measure(style)))
  .join('\n');
console.log(report);
if (process.argv.includes('--write')) {
  const intro = [
    '# Finding the line of the mistake',
    '',
    'Written by `npm run bench:recovery -- --write`. Every file in `fixtures/configs` and `fixtures/seed` is broken in one place at a time,',
    'in every place, and read by `parseFile`. *On its line*: the first finding is on the edited line, or on the one where the lost line',
    'stood (blank lines and comments between do not count). *One finding*: nothing else is reported. *Unseen*: nothing is reported at all.',
    '',
    '',
  ].join('\n');
  writeFileSync(new URL('docs/recovery.md', root), intro + report);
}
