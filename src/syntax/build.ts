import { parse, tell } from '../../grammar/parser.ts';
import { cutInPieces } from '../../grammar/pieces.ts';
import { type IsRaw, namedRaw, type Token } from '../../grammar/tokens.ts';
import type { SourceText } from '../base/source-text.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Bound, boundOf } from './bounds.ts';
import { faultsIn, findingsOf, type Judge } from './findings.ts';
import { byteOrderMark, lexicalFindings } from './lexical.ts';
import { maskPlaceholders, templateFinding, uncover } from './placeholders.ts';
import { joinQuantifiers } from './quantifiers.ts';
import { settledPieces } from './quotes.ts';
import { type Recovery, recover } from './recover.ts';
import { PieceRepair } from './repair.ts';
import type { Budget } from './search.ts';
import { shapesOf } from './shapes.ts';
import { skip } from './skip.ts';
import type { Comment, File, Skipped } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';
import type { Vocabulary } from './vocabulary.ts';

/** So many states may be looked at to repair a file, and as many again to try its fixes. */
const mostStates = 60_000;
/** So many bytes may be read again to try fixes. */
const mostReread = 3 << 19;

/** How a file is read. */
export interface ParseOptions {
  /** The context of the file's top level, where it is known (an `include` inside `server`); else guessed when it matters. */
  readonly context?: number;
  /** True when the file may be a template, whose tags are left out (`maskPlaceholders`); else they are mistakes, as for nginx. */
  readonly templates?: boolean;
}

/** A file that was read, and where recovery took it to stand; null when it is read alike everywhere. */
export interface Parsed extends Checked<File> {
  readonly context: number | null;
}

/**
 * Reads one file. Whatever it holds, the tree gives back every byte of it; what nginx's reader would refuse, or
 * what its layout shows to be lost, is in the diagnostics, and the tree is what the author most probably meant.
 */
export function parseFile(source: SourceText, vocabulary: Vocabulary, options: ParseOptions = {}): Parsed {
  const bound = boundOf(source.text);
  if (bound) return unread(source, bound);
  const budget = { left: mostStates };
  const { file, recovery, hasLongWord } = read(source, vocabulary, options, budget);
  const diagnostics: Diagnostic[] = lexicalFindings(source, file, hasLongWord);
  diagnostics.push(...templateFinding(source, file.placeholders ?? []));
  if (recovery)
    for (const finding of findingsOf(source, recovery, vocabulary, judgeOf(source, vocabulary, options, budget)))
      diagnostics.push(finding);
  diagnostics.sort((a, b) => a.span.start - b.span.start);
  return { value: file, diagnostics: withoutEchoes(diagnostics), context: recovery?.context ?? null };
}

/** A text that is no configuration stays in the tree as bytes. */
function unread(source: SourceText, { message, at }: Bound): Parsed {
  const skipped = [{ start: 0, end: source.text.length }];
  const finding: Diagnostic = {
    rule: 'unreadable-file',
    severity: 'error',
    message: `this file is not read: ${message}`,
    why: 'No configuration looks like this; a generator has gone wrong, or the file is something else.',
    help: 'look at this place first: what is wrong here repeats itself further down',
    span: { source, start: at, end: Math.min(at + 1, source.text.length) },
  };
  return { value: { kind: 'file', source, directives: [], comments: [], skipped }, diagnostics: [finding], context: null };
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
}

function read(source: SourceText, vocabulary: Vocabulary, options: ParseOptions, budget: Budget): Read {
  const isRaw = rawTest(vocabulary);
  const hasMark = byteOrderMark(source.text);
  const text = hasMark ? `   ${source.text.slice(3)}` : source.text;
  const mark: Skipped[] = hasMark ? [{ start: 0, end: 3 }] : [];
  const builderFor = (text: string): TreeBuilder => new TreeBuilder(text, shapesOf(vocabulary));
  const readAs = (text: string, plain: Plain | null): Read => {
    if (plain)
      return { file: { kind: 'file', source, ...plain.parts, skipped: mark }, recovery: null, hasLongWord: plain.hasLongWord };
    const recovery = recover({ ...source, text }, { isRaw, vocabulary, context: options.context, budget });
    return { recovery, ...rebuilt({ ...source, text }, source, recovery, isRaw, builderFor(text), mark) };
  };
  const plain = wellFormed(text, isRaw, builderFor(text));
  const masked = options.templates ? maskPlaceholders({ ...source, text }, isRaw, plain !== null) : null;
  if (!masked) return readAs(text, plain);
  const result = readAs(masked.text, wellFormed(masked.text, isRaw, builderFor(masked.text)));
  return { ...result, file: uncover(result.file, masked.placeholders) };
}

interface Plain {
  readonly parts: Pick<File, 'directives' | 'comments'>;
  readonly hasLongWord: boolean;
}

/** The tree of a text in which nothing is doubtful; null at the first doubt. */
function wellFormed(text: string, isRaw: IsRaw, builder: TreeBuilder): Plain | null {
  const comments: Comment[] = [];
  for (const piece of cutInPieces(text, isRaw)) {
    if (!tell(piece.tokens, builder) || builder.doubtful) return null;
    for (const comment of piece.comments) comments.push(commentOf(comment));
  }
  builder.finish();
  const { directives, doubtful, hasLongWord } = builder;
  return doubtful ? null : { parts: { directives, comments }, hasLongWord };
}

/** The tree of the repaired text. */
function rebuilt(
  { text }: SourceText,
  source: SourceText,
  recovery: Recovery,
  isRaw: IsRaw,
  builder: TreeBuilder,
  mark: readonly Skipped[],
): Omit<Read, 'recovery'> {
  const comments: Comment[] = [];
  const skipped: Skipped[] = [];
  const repairs = new PieceRepair(recovery.tokens, recovery.steps, recovery.end);
  for (const piece of settledPieces(text, isRaw, recovery.faults)) {
    for (const token of piece.skipped) skip(skipped, token);
    for (const comment of piece.comments) comments.push(commentOf(comment));
    parse(repairs.piece(text, joinQuantifiers(text, piece.tokens).tokens), builder);
  }
  parse(repairs.rest(), builder);
  builder.finish();
  const left = [mark, skipped, repairs.skipped, builder.skipped].flat().sort((a, b) => a.start - b.start);
  const file: File = { kind: 'file', source, directives: builder.directives, comments, skipped: left };
  return { file, hasLongWord: builder.hasLongWord };
}

/** Says whether a changed text has fewer faults; no more once that has cost enough. */
function judgeOf(source: SourceText, vocabulary: Vocabulary, options: ParseOptions, { left }: Budget): Judge {
  const budget = { left: left > 0 ? mostStates : 0 };
  let bytes = mostReread;
  return (text, before) => {
    bytes -= text.length;
    if (bytes < 0 || budget.left <= 0) return false;
    const { recovery } = read({ name: source.name, text }, vocabulary, options, budget);
    return (recovery ? faultsIn(recovery) : 0) < before;
  };
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

function commentOf({ startOffset, image }: Token): Comment {
  const end = startOffset + image.length;
  return { start: startOffset, end: image.charCodeAt(image.length - 1) === 0x0d ? end - 1 : end };
}
