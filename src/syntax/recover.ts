import type { IsRaw, Token } from '../../grammar/tokens.ts';
import type { SourceText } from '../base/source-text.ts';
import { contextsOf, voteOf } from './context.ts';
import { Fit } from './fit.ts';
import { placesOf, tabWidthsOf } from './layout.ts';
import { joinQuantifiers } from './quantifiers.ts';
import { type QuoteFault, settleQuotes } from './quotes.ts';
import { repair } from './repair.ts';
import { Search, type Step } from './search.ts';
import { asBlock, shapesOf, unknown } from './shapes.ts';
import { type Statement, statementsOf } from './statement.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A file as recovery reads it: tokens before and after the repair, and why. */
export interface Recovery {
  readonly tokens: readonly Token[];
  readonly repaired: Token[];
  readonly comments: readonly Token[];
  readonly skipped: readonly Token[];
  readonly steps: readonly Step[];
  readonly faults: readonly QuoteFault[];
  /** Unquoted patterns whose repeat counts nginx takes for blocks. */
  readonly patterns: readonly Token[];
  readonly context: number;
}

/** Reads a doubtful file: first its quotes are paired, then its braces and semicolons balanced as its layout suggests. */
export function recover(
  source: SourceText,
  text: string,
  isRaw: IsRaw,
  vocabulary: Vocabulary,
  context: number | undefined,
): Recovery {
  const shapes = shapesOf(vocabulary);
  const isName = (name: string): boolean => shapes.of(name) !== unknown;
  const settled = settleQuotes(text, isRaw, isName);
  const { tokens, patterns } = joinQuantifiers(text, settled.tokens);
  const fit = new Fit(vocabulary);
  let best: ReturnType<Search['run']> | null = null;
  for (const tabWidth of tabWidthsOf(text)) {
    const places = placesOf(source, tokens, tabWidth);
    const statements = statementsOf(tokens, places, isName);
    const contexts = context === undefined ? plausibleContexts(statements, vocabulary) : [context];
    const found = new Search(tokens, places, statements, fit).run(contexts);
    if (!best || found.cost < best.cost) best = found;
  }
  const steps = best?.steps ?? [];
  const { tokens: repaired, skipped } = repair(tokens, steps);
  return {
    tokens,
    repaired,
    steps,
    comments: settled.comments,
    faults: settled.faults,
    patterns,
    skipped: [...skipped, ...settled.skipped],
    context: best?.context ?? vocabulary.main,
  };
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
