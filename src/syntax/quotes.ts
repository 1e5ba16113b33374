import { cutInPieces, endOfStatements } from '../../grammar/pieces.ts';
import { type Cut, endOf, type IsRaw, type Token, Word } from '../../grammar/tokens.ts';
import { isClosed, mayFollowQuote, quoteOf } from '../../grammar/words.ts';

/** A quote that something is wrong with. */
export interface QuoteFault {
  readonly kind: 'unclosed' | 'followed' | 'lonely';
  /** Start of the word with the quote. */
  readonly start: number;
  /** Where it should be closed; for `followed`, the byte that must not stand there. */
  readonly end: number;
  /** Whether the word is read as if it were closed there. */
  readonly shortened: boolean;
}

/** Tokens in which no quote swallows what is not its own. */
export interface SettledCut extends Cut {
  /** Quotes that open nothing; they belong to no word. */
  readonly skipped: readonly Token[];
}

interface Trouble {
  readonly token: Token;
  readonly unclosed: boolean;
}

const mostFaults = 20;
const mostSuspects = 12;
/** A text with more of them is no configuration; what follows is not looked at. */
const mostTroubles = 200;
/** So far behind a trouble must everything pair for a culprit to be certain. */
const certainty = 1 << 18;
/** So many bytes are read again, altogether, to find culprits. */
const mostRead = 6 << 20;
const longestLine = 4096;

/**
 * Finds the quotes that do not pair. A lost quote shows far below, where the last one stays open or a word
 * follows a quote without a blank; the culprit is the first quoted word that runs over its line and whose
 * closing there lets everything behind it pair again.
 */
export function quoteFaults(text: string, isRaw: IsRaw, isName: (name: string) => boolean): QuoteFault[] {
  const faults: QuoteFault[] = [];
  const budget = { left: mostRead };
  let scan = new Scan(text, 0, isRaw, isName);
  while (faults.length < mostTroubles) {
    const trouble = scan.next();
    if (!trouble) break;
    const culprit = faults.length < mostFaults ? culpritOf(text, scan.suspects, trouble, isRaw, budget) : null;
    if (!culprit) {
      faults.push(follower(trouble));
      scan.suspects.length = 0;
      continue;
    }
    const { start, close } = culprit;
    faults.push({ kind: close <= start + 1 ? 'lonely' : 'unclosed', start, end: close, shortened: true });
    scan = new Scan(text, close, isRaw, isName);
  }
  return faults;
}

/** The text in pieces, each made of whole statements, with every faulty quote closed where it should be. */
export function* settledPieces(text: string, isRaw: IsRaw, faults: readonly QuoteFault[]): Generator<SettledCut> {
  let from = 0;
  let held: Token[] = [];
  for (const { kind, start, end } of faults.filter(({ shortened }) => shortened)) {
    const skipped: Token[] = [];
    for (const { tokens, comments } of cutInPieces(text, isRaw, from, start)) {
      for (const token of tokens) held.push(token);
      const whole = endOfStatements(text, held);
      yield { tokens: held.slice(0, whole), comments, skipped };
      held = held.slice(whole);
    }
    const word = { tokenType: Word, tokenTypeIdx: Word.tokenTypeIdx ?? 0, startOffset: start, image: text.slice(start, end) };
    (kind === 'lonely' ? skipped : held).push(word);
    if (skipped.length) yield { tokens: [], comments: [], skipped };
    from = end;
  }
  for (const { tokens, comments } of cutInPieces(text, isRaw, from)) {
    yield { tokens: held.length ? held.concat(tokens) : tokens, comments, skipped: [] };
    held = [];
  }
  if (held.length) yield { tokens: held, comments: [], skipped: [] };
}

/** Offsets of words that end in a quote which opened nowhere: `add_header X 1";`. nginx takes it as text. */
export function strayClosings(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ tokenType, image }) => tokenType === Word && /^[^"'\\]*[\w/}$).=*+-](?:"|')$/.test(image));
}

/** Goes through a text from trouble to trouble, and remembers the words that may be the cause of the next one. */
class Scan {
  readonly suspects: Token[] = [];
  readonly #text: string;
  readonly #isName: (name: string) => boolean;
  readonly #pieces: Generator<Cut>;
  #tokens: readonly Token[] = [];
  #at = 0;

  constructor(text: string, from: number, isRaw: IsRaw, isName: (name: string) => boolean) {
    this.#text = text;
    this.#isName = isName;
    this.#pieces = cutInPieces(text, isRaw, from);
  }

  next(): Trouble | null {
    for (;;) {
      for (let token = this.#tokens[this.#at++]; token; token = this.#tokens[this.#at++]) {
        if (token.tokenType !== Word || !quoteOf(token.image)) continue;
        if (this.suspects.length < mostSuspects && token.image.includes('\n') && swallows(token.image, this.#isName))
          this.suspects.push(token);
        const trouble = troubleAt(this.#text, token);
        if (trouble) return trouble;
      }
      const { value, done } = this.#pieces.next();
      if (done) return null;
      this.#tokens = value.tokens;
      this.#at = 0;
    }
  }
}

function troubleAt(text: string, token: Token): Trouble | null {
  if (token.tokenType !== Word || !quoteOf(token.image)) return null;
  if (!isClosed(token.image)) return { token, unclosed: true };
  return mayFollowQuote(text.charAt(endOf(token))) ? null : { token, unclosed: false };
}

function follower({ token, unclosed }: Trouble): QuoteFault {
  return { kind: unclosed ? 'unclosed' : 'followed', start: token.startOffset, end: endOf(token), shortened: false };
}

function culpritOf(
  text: string,
  known: readonly Token[],
  { token: last, unclosed }: Trouble,
  isRaw: IsRaw,
  budget: { left: number },
): { start: number; close: number } | null {
  const suspects = unclosed && !known.includes(last) ? [...known, last] : known;
  let best: { start: number; close: number } | null = null;
  let bestReach = unclosed ? -1 : endOf(last);
  for (const token of suspects.slice(0, mostSuspects)) {
    if (budget.left < 0) break;
    const start = token.startOffset;
    const close = closingPlace(token);
    const reach = reachOf(text, close, Math.max(close, last.startOffset) + certainty, isRaw, budget);
    if (reach === Number.POSITIVE_INFINITY) return { start, close };
    if (reach <= bestReach) continue;
    bestReach = reach;
    best = { start, close };
  }
  return best;
}

/** Whether a later line inside the quotes looks like configuration: a directive's name, or a `}`. */
function swallows(image: string, isName: (name: string) => boolean): boolean {
  const lines = /\n[ \t]*(?:(\})|([a-z_]\w*)(?=[ \t;{]))/g;
  for (let word = lines.exec(image); word; word = lines.exec(image)) {
    if (word[1] !== undefined || isName(word[2] ?? '')) return true;
  }
  return /^.[ \t;{)]*\n/.test(image);
}

/** How far everything pairs again when the text is cut anew from there; Infinity when that is to the end, or far enough. */
function reachOf(text: string, from: number, enough: number, isRaw: IsRaw, budget: { left: number }): number {
  for (const { tokens } of cutInPieces(text, isRaw, from)) {
    const last = tokens.at(-1);
    const end = last ? endOf(last) : 0;
    for (const token of tokens) {
      const trouble = troubleAt(text, token);
      if (!trouble) continue;
      budget.left -= token.startOffset - from;
      return token.startOffset;
    }
    if (budget.left < end - from) return end;
    if (end > enough) break;
  }
  budget.left -= Math.min(enough, text.length) - from;
  return Number.POSITIVE_INFINITY;
}

/** Where on its line a quoted word should end: before the `;`, ` {` or `)` that end the line, or with the line. */
function closingPlace({ image, startOffset }: Token): number {
  const lineEnd = image.indexOf('\n');
  const line = image
    .slice(0, Math.min(lineEnd < 0 ? image.length : lineEnd, longestLine))
    .replace(/[ \t]+#.*$/, '')
    .trimEnd();
  const end = /(?:\s*always)?\s*;$|\s*\)?\s*\{$|\s*\)$/.exec(line)?.index ?? line.length;
  return startOffset + Math.max(end, 1);
}
