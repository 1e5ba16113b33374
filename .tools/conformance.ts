// Brings the tables of docs/conformance.md up to date from what runs of nginx's test suite have left:
//   node .tools/run.mjs .tools/conformance.ts ORACLE.json GROUPS.json RESULT.json…
// What stands in the column "why" is kept. The page says what the files hold; of several results for a test the last counts.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one run of a test left: numbers of subtests as ranges, `1-3,7`. */
interface Result {
  readonly passed: string;
  readonly skip_all_reason?: string | null;
  readonly failed?: readonly (readonly [number, string])[];
  readonly timeout?: boolean;
}

/** What nginx passes, and what a server that does nothing passes. */
interface Wanted {
  readonly passed: string;
  readonly floor?: string;
}

interface Score {
  readonly name: string;
  readonly group: string;
  readonly result: Result;
  readonly got: number;
  readonly of: number;
  /** The same without what a server that does nothing passes. */
  readonly gotAbove: number;
  readonly ofAbove: number;
}

const page = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/conformance.md');
/** What a test says when it needs a part of nginx that other work is about. */
const elsewhere = /^no (?:http_ssl|http_v2|http_v3|stream|mail|cache|grpc)\b/;

const [oracle, groups, ...results] = process.argv.slice(2).map(records);
if (!oracle || !groups || results.length === 0) {
  console.error('usage: node .tools/run.mjs .tools/conformance.ts ORACLE.json GROUPS.json RESULT.json…');
  process.exit(2);
}
const scores = scored(Object.assign({}, ...results), oracle as Record<string, Wanted>, groups as Record<string, string>);
let text = readFileSync(page, 'utf8');
const reasons = new Map([...text.matchAll(/^\| (\S+\.t) \|.*\| ([^|]*) \|$/gm)].map(([, name = '', why = '']) => [name, why]));
text = between(text, 'groups', groupTable(scores));
text = between(text, 'files', fileTable(scores, reasons));
writeFileSync(page, text);

function records(path: string): Record<string, unknown> {
  const { _meta, ...files } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return files;
}

function scored(ran: Record<string, Result>, wanted: Record<string, Wanted>, group: Record<string, string>): Score[] {
  return Object.entries(ran).flatMap(([name, result]) => {
    const { passed = '', floor = '' } = wanted[name] ?? {};
    const all = numbers(passed);
    if (all.size === 0) return [];
    const got = [...numbers(result.passed)].filter((number) => all.has(number));
    const easy = numbers(floor);
    const isHard = (number: number): boolean => !easy.has(number);
    const [gotAbove, ofAbove] = [got.filter(isHard).length, [...all].filter(isHard).length];
    return [{ name, group: group[name] ?? '?', result, got: got.length, of: all.size, gotAbove, ofAbove }];
  });
}

function numbers(ranges: string): Set<number> {
  const found = new Set<number>();
  for (const range of ranges.split(',').filter((text) => text !== '')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let number = first; number <= last; number++) found.add(number);
  }
  return found;
}

function groupTable(scores: readonly Score[]): string {
  const names = [...new Set(scores.map(({ group }) => group))].sort();
  const rows = names.map((name) =>
    groupRow(
      name,
      scores.filter(({ group }) => group === name),
    ),
  );
  const head = '| group | tests | all passed | subtests | above the floor | for parts not run | above the floor without these |';
  return [head, '|---|---:|---:|---:|---:|---:|---:|', ...rows, groupRow('all', scores)].join('\n');
}

function groupRow(name: string, scores: readonly Score[]): string {
  const ours = scores.filter(({ result }) => !elsewhere.test(result.skip_all_reason ?? ''));
  const full = scores.filter(({ got, of }) => got === of).length;
  const subtests = `${sum(scores, 'got')} of ${sum(scores, 'of')}`;
  return `| ${name} | ${scores.length} | ${full} | ${subtests} | ${share(scores)} | ${scores.length - ours.length} | ${share(ours)} |`;
}

function share(scores: readonly Score[]): string {
  const of = sum(scores, 'ofAbove');
  return of === 0 ? '' : `${((100 * sum(scores, 'gotAbove')) / of).toFixed(1)} %`;
}

function sum(scores: readonly Score[], what: 'got' | 'of' | 'gotAbove' | 'ofAbove'): number {
  return scores.reduce((total, score) => total + score[what], 0);
}

function fileTable(scores: readonly Score[], reasons: ReadonlyMap<string, string>): string {
  const rows = scores
    .filter(({ got, of }) => got < of)
    .sort((a, b) => (a.group + a.name < b.group + b.name ? -1 : 1))
    .map((score) => `| ${score.name} | ${score.group} | ${score.got} of ${score.of} | ${whyNot(score, reasons)} |`);
  return ['| test | group | passed | why |', '|---|---|---:|---|', ...rows].join('\n');
}

/** The reason that the page has, unless the test is skipped: then the suite's own. */
function whyNot(
  { name, result: { skip_all_reason: skipped, failed = [], timeout } }: Score,
  reasons: ReadonlyMap<string, string>,
): string {
  if (skipped) return `skipped: ${skipped}`;
  const known = reasons.get(name);
  if (known && !known.startsWith('skipped: ') && !known.startsWith('fails: ')) return known;
  if (timeout) return 'fails: takes too long';
  const first = failed.slice(0, 3).map(([, what]) => what.replaceAll('|', '/'));
  return first.length === 0 ? 'fails: ends early' : `fails: ${first.join('; ')}`;
}

function between(page: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/conformance.md has no ${start} … ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${table}\n\n${page.slice(to)}`;
}
