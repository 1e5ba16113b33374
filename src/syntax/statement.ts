import { LeftBrace, RawBlock, RightBrace, Semicolon, type Token, Word } from '../../grammar/tokens.ts';
import { quoteOf, valueOf } from '../../grammar/words.ts';
import type { Place } from './layout.ts';

/** How a statement ends; `cut` is one that a `}` or the end of the file cuts off. */
export type Ending = 'semicolon' | 'open' | 'raw' | 'close' | 'cut';

/** What lies between two terminators: words and what ends them. A `}` is a statement of its own; so is a stray `;` or `{`. */
export interface Statement {
  /** Position of its first token among all tokens, and the position after its last one. */
  readonly at: number;
  readonly next: number;
  readonly ending: Ending;
  readonly name: string;
  /** How many words it has. */
  readonly words: number;
  readonly place: Place;
  /** What stood before: statements are judged by their neighbours. */
  readonly before: Ending | null;
  /** A paragraph begins here, as the author sets paragraphs: with an empty line, or just behind a `}`. */
  readonly paragraph: boolean;
  /** The next statement goes on without the empty line that this author leaves behind a block. */
  readonly runsOn: boolean;
  /** Places among its words where another statement may begin. */
  readonly seams: readonly Seam[];
}

/** A word inside a statement that could begin a statement of its own. */
export interface Seam {
  readonly at: number;
  /** It is the first on its line. */
  readonly first: boolean;
}

/** Cuts repaired tokens into statements; `isName` says whether a word is a directive's name. */
export function statementsOf(tokens: readonly Token[], places: readonly Place[], isName: (name: string) => boolean): Statement[] {
  const statements: Statement[] = [];
  let before: Ending | null = null;
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    while (end < tokens.length && tokens[end]?.tokenType === Word) end++;
    const ending = endingOf(tokens[end], end > at);
    const next = ending === 'cut' ? end : end + 1;
    statements.push(statement(tokens, places, at, end, next, ending, before, isName));
    before = ending;
    at = next;
  }
  if (isAiry(statements)) return statements.map((each, index) => ({ ...each, runsOn: runsOn(each, statements[index + 1]) }));
  return statements.map((each) => ({ ...each, paragraph: each.paragraph || each.before === 'close' }));
}

/** The part of a statement from its word at `at` on. */
export function rest(whole: Statement, at: number, tokens: readonly Token[], places: readonly Place[]): Statement {
  const name = nameOf(tokens[at]);
  const place = places[at] ?? whole.place;
  return {
    ...whole,
    at,
    name,
    words: whole.words - (at - whole.at),
    place,
    before: 'semicolon',
    seams: whole.seams.filter((seam) => seam.at > at),
  };
}

function statement(
  tokens: readonly Token[],
  places: readonly Place[],
  at: number,
  end: number,
  next: number,
  ending: Ending,
  before: Ending | null,
  isName: (name: string) => boolean,
): Statement {
  const place = places[at] ?? { line: 0, indent: 0, lead: '', first: false, gap: false };
  const seams: Seam[] = [];
  for (let word = at + 1; word < end; word++) {
    const first = places[word]?.first ?? false;
    const token = tokens[word];
    if (!token || quoteOf(token.image)) continue;
    if (first || isName(nameOf(token))) seams.push({ at: word, first });
  }
  const name = end > at ? nameOf(tokens[at]) : '';
  const paragraph = place.gap || before === null || before === 'open';
  return { at, next, ending, name, words: end - at, place, before, paragraph, runsOn: false, seams };
}

function runsOn({ ending }: Statement, next: Statement | undefined): boolean {
  return ending === 'close' && next?.ending === 'semicolon' && !next.place.gap;
}

/** Whether most blocks of a file have their first line deeper than their own. */
export function isIndented(statements: readonly Statement[]): boolean {
  let deeper = 0;
  let level = 0;
  for (const [index, { before, place }] of statements.entries()) {
    const opener = statements[index - 1];
    if (before !== 'open' || !opener || !place.first || !opener.place.first) continue;
    if (place.indent > opener.place.indent) deeper++;
    else level++;
  }
  return deeper > level;
}

/** Whether the author puts an empty line between blocks. */
function isAiry(statements: readonly Statement[]): boolean {
  const blocks = statements.filter(({ ending, before, words }) => ending === 'open' && before === 'close' && words > 0);
  return blocks.filter(({ place }) => place.gap).length * 2 > blocks.length;
}

function nameOf(token: Token | undefined): string {
  return token ? valueOf(token.image) : '';
}

function endingOf(token: Token | undefined, hasWords: boolean): Ending {
  if (token?.tokenType === Semicolon) return 'semicolon';
  if (token?.tokenType === LeftBrace) return 'open';
  if (token?.tokenType === RawBlock) return 'raw';
  return token?.tokenType === RightBrace && !hasWords ? 'close' : 'cut';
}
