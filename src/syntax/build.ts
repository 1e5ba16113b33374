import { parse } from '../../grammar/parser.ts';
import { cut, type IsRaw, namedRaw, type Token } from '../../grammar/tokens.ts';
import type { SourceText } from '../base/source-text.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { faultsIn, findingsOf } from './findings.ts';
import { byteOrderMark, lexicalFindings } from './lexical.ts';
import { type Recovery, recover } from './recover.ts';
import { shapesOf } from './shapes.ts';
import type { Comment, File, Skipped } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How a file is read. */
export interface ParseOptions {
  /** The context of the file's top level, where it is known (an `include` inside `server`); else guessed when it matters. */
  readonly context?: number;
}

/**
 * Reads one file. Whatever it holds, the tree gives back every byte of it; what nginx's reader would refuse, or
 * what its layout shows to be lost, is in the diagnostics, and the tree is what the author most probably meant.
 */
export function parseFile(source: SourceText, vocabulary: Vocabulary, options: ParseOptions = {}): Checked<File> {
  const { file, recovery, hasLongWord, comments } = read(source, vocabulary, options);
  const diagnostics: Diagnostic[] = lexicalFindings(source, file, hasLongWord, comments);
  if (recovery) diagnostics.push(...findingsOf(source, recovery, vocabulary, (text) => countFaults(text, vocabulary, options)));
  return { value: file, diagnostics: withoutEchoes(diagnostics).sort((a, b) => a.span.start - b.span.start) };
}

/** A full-width semicolon is found twice: as what it is, and as the semicolon it is not. */
function withoutEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const impostors = new Set(diagnostics.filter(({ rule }) => rule === 'invalid-escape-or-bom').map(({ span }) => span.end));
  return diagnostics.filter(({ rule, span }) => rule !== 'missing-semicolon' || !impostors.has(span.end));
}

interface Read {
  readonly file: File;
  readonly recovery: Recovery | null;
  readonly hasLongWord: boolean;
  readonly comments: readonly Token[];
}

function read(source: SourceText, vocabulary: Vocabulary, { context }: ParseOptions): Read {
  const shapes = shapesOf(vocabulary);
  const isRaw = rawTest(vocabulary);
  const text = byteOrderMark(source.text) ? `   ${source.text.slice(3)}` : source.text;
  const { tokens, comments } = cut(text, isRaw);
  const builder = new TreeBuilder(text, shapes);
  const errors = parse(tokens, builder);
  builder.finish();
  const mark: Skipped[] = byteOrderMark(source.text) ? [{ start: 0, end: 3 }] : [];
  if (!builder.doubtful && !errors.length) {
    const file: File = { kind: 'file', source, directives: builder.directives, comments: comments.map(commentOf), skipped: mark };
    return { file, recovery: null, hasLongWord: builder.hasLongWord, comments };
  }
  const recovery = recover({ ...source, text }, text, isRaw, vocabulary, context);
  const rebuilt = new TreeBuilder(text, shapes);
  parse(recovery.repaired, rebuilt);
  rebuilt.finish();
  const skipped = [...mark, ...[...recovery.skipped, ...rebuilt.skipped].map(spanOf)].sort((a, b) => a.start - b.start);
  const file: File = {
    kind: 'file',
    source,
    directives: rebuilt.directives,
    comments: recovery.comments.map(commentOf),
    skipped,
  };
  return { file, recovery, hasLongWord: builder.hasLongWord, comments: recovery.comments };
}

/** How many repairs a text needs; a fix is offered only when it makes this fall. */
function countFaults(source: SourceText, vocabulary: Vocabulary, options: ParseOptions): number {
  const { recovery } = read(source, vocabulary, options);
  return recovery ? faultsIn(recovery) : 0;
}

const rawTests = new WeakMap<Vocabulary, IsRaw>();

function rawTest(vocabulary: Vocabulary): IsRaw {
  let test = rawTests.get(vocabulary);
  if (!test) {
    test = (name) => namedRaw(name) || vocabulary.meanings(name).some(({ block }) => block === 'raw');
    rawTests.set(vocabulary, test);
  }
  return test;
}

function spanOf({ startOffset, image }: Token): Skipped {
  return { start: startOffset, end: startOffset + image.length };
}

function commentOf({ startOffset, image }: Token): Comment {
  const end = startOffset + image.length;
  return { start: startOffset, end: image.charCodeAt(image.length - 1) === 0x0d ? end - 1 : end };
}
