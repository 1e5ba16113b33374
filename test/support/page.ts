import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExpectedFinding, readMarks } from '../../src/testing.ts';
import { type Exchange, exchangesIn } from './exchange.ts';
import { root } from './files.ts';

/** A Markdown page whose examples run: a rule's or a module's. */
export interface Page {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly title: string;
  /** The text of every `##` heading, in order. */
  readonly headings: readonly string[];
  readonly lines: readonly string[];
  readonly examples: readonly Example[];
}

/** An `nginx` block and what belongs to it. */
export interface Example extends Text {
  /** The `##` heading it stands below. */
  readonly heading: string;
  /** The words behind `nginx`: `in=server` as { in: 'server' }, a bare word as { word: '' }. */
  readonly options: Options;
  /** Blocks with `file=NAME` below it: other files of the same configuration, or files to serve. */
  readonly files: ReadonlyMap<string, Text>;
  /** The block headed `fixed` below it. */
  readonly fixed: Fixed | undefined;
  /** What the `http` blocks below it send and expect. */
  readonly exchanges: readonly Exchange[];
}

/** What an example becomes. `http` blocks below it are sent to it, no longer to the example. */
export interface Fixed extends Text {
  readonly options: Options;
  readonly exchanges: readonly Exchange[];
}

/** The text of a block, without its marks. */
export interface Text {
  /** The page's line (from 1) of the block's first line. */
  readonly line: number;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A finding that is expected: `#~ rule-id`, `#~ rule-id=warning`; `#~^` means one line up. */
export type Mark = ExpectedFinding;

export type Options = Readonly<Record<string, string>>;

interface Fence {
  readonly language: string;
  readonly options: Options;
  readonly heading: string;
  readonly line: number;
  readonly lines: readonly string[];
}

type Growing = Omit<Example, 'files' | 'exchanges' | 'fixed'> & {
  readonly files: Map<string, Text>;
  readonly exchanges: Exchange[];
  fixed: (Fixed & { readonly exchanges: Exchange[] }) | undefined;
};

/** Reads a page. Fences that are neither `nginx`, `http` nor named by `file=` are prose. */
export function readPage(file: string): Page {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? '';
  return { file, title, lines, headings: headingsIn(lines), examples: examplesIn(fencesIn(lines), file) };
}

function examplesIn(fences: readonly Fence[], file: string): readonly Example[] {
  const examples: Growing[] = [];
  for (const fence of fences) {
    const above = examples.at(-1);
    const { options, language } = fence;
    const alone = language === 'nginx' && options.fixed === undefined && options.file === undefined;
    if (alone)
      examples.push({ ...textOf(fence), heading: fence.heading, options, files: new Map(), exchanges: [], fixed: undefined });
    else if (options.file === undefined && language !== 'nginx' && language !== 'http') continue;
    else if (!above) throw new Error(`${file}:${fence.line}: no example above`);
    else if (options.file !== undefined) above.files.set(options.file, textOf(fence));
    else if (language === 'http') (above.fixed ?? above).exchanges.push(...exchangesIn(fence.lines, fence.line));
    else above.fixed = { ...textOf(fence), options, exchanges: [] };
  }
  return examples;
}

function headingsIn(lines: readonly string[]): readonly string[] {
  let inFence = false;
  return lines.flatMap((line) => {
    if (line.startsWith('```')) inFence = !inFence;
    return !inFence && line.startsWith('## ') ? [line.slice(3)] : [];
  });
}

function fencesIn(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('## ')) heading = line.slice(3);
    if (!line.startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    const [language = '', ...words] = line.slice(3).trim().split(/\s+/);
    fences.push({ language, options: optionsOf(words), heading, line: at + 2, lines: lines.slice(at + 1, end) });
    at = end;
  }
  return fences;
}

function optionsOf(words: readonly string[]): Options {
  return Object.fromEntries(words.map((word) => [word.split('=')[0] ?? '', word.split('=').slice(1).join('=')]));
}

function textOf({ lines, line }: Fence): Text {
  const read = readMarks(lines);
  return { line, marks: read.marks, text: `${read.lines.join('\n')}\n` };
}
