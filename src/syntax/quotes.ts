import { cut, endOf, type IsRaw, type Token, Word } from '../../grammar/tokens.ts';
import { isClosed, mayFollowQuote, quoteOf } from '../../grammar/words.ts';

/** A quote that something is wrong with. */
export interface QuoteFault {
  readonly kind: 'unclosed' | 'followed' | 'lonely';
  /** Start of the word with the quote. */
  readonly start: number;
  /** Where it should be closed; for `followed`, the byte that must not stand there. */
  readonly end: number;
}

/** Tokens in which no quote swallows what is not its own. */
export interface Settled {
  readonly tokens: Token[];
  readonly comments: readonly Token[];
  readonly faults: readonly QuoteFault[];
  /** Quotes that open nothing; they belong to no word. */
  readonly skipped: readonly Token[];
}

interface Trouble {
  readonly index: number;
  readonly unclosed: boolean;
}

const mostFaults = 20;
const mostSuspects = 12;

/**
 * Cuts text whose quotes do not pair. A lost quote shows far below, where the last one stays open or a word
 * follows a quote without a blank; the culprit is the first quoted word that runs over its line and whose
 * closing there lets everything behind it pair again.
 */
export function settleQuotes(text: string, isRaw: IsRaw, isName: (name: string) => boolean): Settled {
  const tokens: Token[] = [];
  const comments: Token[] = [];
  const skipped: Token[] = [];
  const faults: QuoteFault[] = [];
  let rest = cutFrom(text, 0, isRaw);
  for (;;) {
    const trouble = firstTrouble(text, rest.tokens);
    if (!trouble) break;
    const culprit = faults.length < mostFaults ? culpritOf(text, rest.tokens, trouble, isRaw, isName) : null;
    if (!culprit) {
      faults.push(follower(rest.tokens, trouble));
      for (const one of rest.tokens.slice(0, trouble.index + 1)) tokens.push(one);
      rest = { tokens: rest.tokens.slice(trouble.index + 1), comments: rest.comments };
      continue;
    }
    const { token, close } = culprit;
    const lonely = close <= token.startOffset + 1;
    faults.push({ kind: lonely ? 'lonely' : 'unclosed', start: token.startOffset, end: close });
    for (const one of rest.tokens.slice(0, rest.tokens.indexOf(token))) tokens.push(one);
    const shortened = { ...token, image: text.slice(token.startOffset, close) };
    (lonely ? skipped : tokens).push(shortened);
    for (const one of rest.comments.filter(({ startOffset }) => startOffset < token.startOffset)) comments.push(one);
    rest = cutFrom(text, close, isRaw);
  }
  for (const one of rest.tokens) tokens.push(one);
  for (const one of rest.comments) comments.push(one);
  return { tokens, comments, faults, skipped };
}

/** Offsets of words that end in a quote which opened nowhere: `add_header X 1";`. nginx takes it as text. */
export function strayClosings(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ tokenType, image }) => tokenType === Word && /^[^"'\\]*[\w/}$).=*+-](?:"|')$/.test(image));
}

function cutFrom(text: string, from: number, isRaw: IsRaw): { tokens: Token[]; comments: readonly Token[] } {
  const { tokens, comments } = cut(from ? text.slice(from) : text, isRaw);
  if (from) {
    for (const token of tokens) token.startOffset += from;
    for (const comment of comments) comment.startOffset += from;
  }
  return { tokens, comments };
}

function firstTrouble(text: string, tokens: readonly Token[]): Trouble | null {
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType !== Word || !quoteOf(token.image)) continue;
    if (!isClosed(token.image)) return { index, unclosed: true };
    if (!mayFollowQuote(text.charAt(endOf(token)))) return { index, unclosed: false };
  }
  return null;
}

function follower(tokens: readonly Token[], { index, unclosed }: Trouble): QuoteFault {
  const token = tokens[index];
  const start = token?.startOffset ?? 0;
  const end = token ? endOf(token) : 0;
  return { kind: unclosed ? 'unclosed' : 'followed', start, end };
}

function culpritOf(
  text: string,
  tokens: readonly Token[],
  trouble: Trouble,
  isRaw: IsRaw,
  isName: (name: string) => boolean,
): { token: Token; close: number } | null {
  const long = tokens
    .slice(0, trouble.index + 1)
    .filter(({ tokenType, image }) => tokenType === Word && quoteOf(image) && image.includes('\n'));
  const suspects = long.filter((token) => swallows(token.image, isName));
  const last = tokens[trouble.index];
  if (trouble.unclosed && last && !suspects.includes(last)) suspects.push(last);
  let best: { token: Token; close: number } | null = null;
  let bestReach = trouble.unclosed ? -1 : last ? endOf(last) : -1;
  for (const token of suspects.slice(0, mostSuspects)) {
    const close = closingPlace(token);
    const reach = reachOf(text, close, isRaw);
    if (reach === Number.POSITIVE_INFINITY) return { token, close };
    if (reach <= bestReach) continue;
    bestReach = reach;
    best = { token, close };
  }
  return best;
}

/** Whether a later line inside the quotes looks like configuration: a directive's name, or a `}`. */
function swallows(image: string, isName: (name: string) => boolean): boolean {
  return (
    image
      .split('\n')
      .slice(1)
      .some((line) => {
        const word = /^[ \t]*(?:(\})|([a-z_][\w]*)(?=[ \t;{]))/.exec(line);
        return word !== null && (word[1] !== undefined || isName(word[2] ?? ''));
      }) || /^.[ \t;{)]*\n/.test(image)
  );
}

/** How far everything pairs again when the text is cut anew from there. */
function reachOf(text: string, from: number, isRaw: IsRaw): number {
  const { tokens } = cutFrom(text, from, isRaw);
  const trouble = firstTrouble(text, tokens);
  return trouble ? (tokens[trouble.index]?.startOffset ?? 0) : Number.POSITIVE_INFINITY;
}

/** Where on its line a quoted word should end: before the `;`, ` {` or `)` that end the line, or with the line. */
function closingPlace({ image, startOffset }: Token): number {
  const lineEnd = image.indexOf('\n');
  const line = (lineEnd < 0 ? image : image.slice(0, lineEnd)).replace(/[ \t]+#.*$/, '').trimEnd();
  const end = /(?:\s*always)?\s*;$|\s*\)?\s*\{$|\s*\)$/.exec(line)?.index ?? line.length;
  return startOffset + Math.max(end, 1);
}
