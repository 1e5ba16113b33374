import type { IsRaw, Token } from '../../grammar/tokens.ts';
import type { SourceText } from '../base/source-text.ts';
import { contextsOf, voteOf } from './context.ts';
import { Fit } from './fit.ts';
import { placesOf, tabWidthsOf } from './layout.ts';
import { joinQuantifiers } from './quantifiers.ts';
import { type QuoteFault, quoteFaults, settledPieces } from './quotes.ts';
import { Reducer } from './reduce.ts';
import { repair } from './repair.ts';
import { type Budget, Search, type Step } from './search.ts';
import { asBlock, type Shapes, shapesOf, unknown } from './shapes.ts';
import { type Statement, statementsOf } from './statement.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A file as recovery reads it: tokens before and after the repair, and why. Of a long file, what the damage can have touched. */
export interface Recovery {
  readonly tokens: readonly Token[];
  readonly repaired: Token[];
  readonly steps: readonly Step[];
  readonly faults: readonly QuoteFault[];
  /** Unquoted patterns whose repeat counts nginx takes for blocks. */
  readonly patterns: readonly Token[];
  readonly context: number;
  /** Behind that offset there is more to repair than recovery looks at. */
  readonly end: number;
}

/** How recovery reads, besides the text. */
export interface RecoverOptions {
  readonly isRaw: IsRaw;
  readonly vocabulary: Vocabulary;
  readonly context: number | undefined;
  readonly budget: Budget;
}

/** Longer files are reduced before they are searched. */
const shortFile = 6_000;
const mostPatterns = 100;

/** Reads a doubtful file: first its quotes are paired, then its braces and semicolons balanced as its layout suggests. */
export function recover(source: SourceText, options: RecoverOptions): Recovery {
  const { isRaw, vocabulary, context, budget } = options;
  const shapes = shapesOf(vocabulary);
  const isName = (name: string): boolean => shapes.of(name) !== unknown;
  const faults = quoteFaults(source.text, isRaw, isName);
  const { tokens, patterns, end } = tokensToSearch(source.text, isRaw, faults, shapes);
  const fit = new Fit(vocabulary);
  let best: ReturnType<Search['run']> | null = null;
  const widths = tabWidthsOf(source.text);
  for (const [rank, tabWidth] of widths.entries()) {
    const share = budget.left / (widths.length - rank);
    const own = { left: share };
    const places = placesOf(source, tokens, tabWidth);
    const statements = statementsOf(tokens, places, isName);
    const contexts = context === undefined ? plausibleContexts(statements, vocabulary) : [context];
    const found = new Search(tokens, places, statements, fit, own).run(contexts);
    budget.left -= share - own.left;
    if (!best || found.cost < best.cost) best = found;
  }
  const steps = best?.steps ?? [];
  const repaired = repair(tokens, steps).tokens;
  return { tokens, repaired, steps, faults, patterns, context: best?.context ?? vocabulary.main, end };
}

interface Searched {
  readonly tokens: readonly Token[];
  readonly patterns: readonly Token[];
  readonly end: number;
}

/** All tokens of a short text; of a long one, those that its damage can have touched. */
function tokensToSearch(text: string, isRaw: IsRaw, faults: readonly QuoteFault[], shapes: Shapes): Searched {
  const all: Token[] = [];
  const patterns: Token[] = [];
  let reducer: Reducer | null = null;
  for (const piece of settledPieces(text, isRaw, faults)) {
    const joined = joinQuantifiers(text, piece.tokens);
    for (const pattern of joined.patterns) if (patterns.length < mostPatterns) patterns.push(pattern);
    if (!reducer) for (const token of joined.tokens) all.push(token);
    if (!reducer && all.length <= shortFile) continue;
    const tokens: readonly Token[] = reducer ? joined.tokens : all;
    reducer ??= new Reducer(text, shapes);
    if (!reducer.push(tokens)) break;
  }
  return { patterns, ...(reducer?.finish() ?? { tokens: all, end: Number.POSITIVE_INFINITY }) };
}

/** Contexts in which some statement of the top level may stand, as far as the braces can be trusted. */
function plausibleContexts(statements: readonly Statement[], vocabulary: Vocabulary): readonly number[] {
  const top: Statement[] = [];
  let depth = 0;
  for (const statement of statements) {
    if (statement.ending === 'close') depth = Math.max(0, depth - 1);
    if (depth === 0 && statement.words && top.length < 200) top.push(statement);
    if (statement.ending === 'open') depth++;
  }
  const [main, ...others] = contextsOf(vocabulary);
  const plausible = others.filter((context) => top.some((statement) => voted(statement, context, vocabulary)));
  return main === undefined ? plausible : [main, ...plausible];
}

function voted({ name, words, ending }: Statement, context: number, vocabulary: Vocabulary): boolean {
  return (
    voteOf(vocabulary, context, name, words - 1, ending === 'open' || ending === 'raw') > 0 ||
    ((shapesOf(vocabulary).of(name) & asBlock) !== 0 && voteOf(vocabulary, context, name, words - 1, true) > 0)
  );
}
