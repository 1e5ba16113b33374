/** Why a text is not read, and the offset at which that was certain. */
export interface Bound {
  readonly message: string;
  readonly at: number;
}

/** Shorter texts are read whatever they hold: their size bounds the work. */
export const alwaysRead = 1 << 18;
/** Words, terminators and comments in one file; a megabyte of `geo` lines has about 150,000. */
const mostTokens = 1_000_000;
const mostWords = 100_000;
/** What cuts words keeps a place to go back to for each of a word's parts; nginx has room for 4096 bytes. */
const longestWord = 1 << 21;
const mostOpen = 10_000;
/** Terminators without words, words without a terminator, quotes that something sticks to. */
const mostFaults = 10_000;

/**
 * Says why a long text cannot be a configuration: too many statements, too many words in one of them, blocks too deep, or more
 * mistakes than one slip can cause. Counts as ngx_conf_read_token cuts, keeps nothing, and looks at each byte once. Null: it
 * may be one.
 */
export function boundOf(text: string): Bound | null {
  if (text.length <= alwaysRead) return null;
  const count: Count = { tokens: 0, words: 0, open: 0, faults: 0, firstFault: -1 };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) {
      at++;
      continue;
    }
    if (code === 0x23) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      if (++count.tokens > mostTokens) return { message: complaint(count) ?? '', at };
      continue;
    }
    const start = at;
    if (code === 0x3b || code === 0x7b || code === 0x7d) terminate(count, code, at++);
    else at = skipWord(text, code, at, count);
    count.tokens++;
    const message = at - start > longestWord ? tooLong : complaint(count);
    if (message !== null) return { message, at: count.faults > mostFaults ? count.firstFault : start };
  }
  return null;
}

const tooLong = `a word of more than ${longestWord >> 20} MB starts here, a quote may be missing`;

interface Count {
  tokens: number;
  /** In the statement that is open. */
  words: number;
  open: number;
  faults: number;
  firstFault: number;
}

function complaint({ tokens, words, open, faults }: Count): string | null {
  if (tokens > mostTokens) return `it has more than ${mostTokens / 1e6} million words, terminators and comments`;
  if (words > mostWords) return `one statement in it has more than ${mostWords} words`;
  if (open > mostOpen) return `more than ${mostOpen} blocks are open in it`;
  if (faults > mostFaults) return `it has more than ${mostFaults} statements that nginx cannot read, the first one here`;
  return null;
}

function terminate(count: Count, code: number, at: number): void {
  const closes = code === 0x7d;
  if (closes === count.words > 0 || (closes && count.open === 0)) fault(count, at);
  count.words = 0;
  if (code === 0x7b) count.open++;
  else if (closes && count.open > 0) count.open--;
}

function fault(count: Count, at: number): void {
  if (count.faults++ === 0) count.firstFault = at;
}

function skipWord(text: string, first: number, start: number, count: Count): number {
  count.words++;
  if (first !== 0x22 && first !== 0x27) return endOfBare(text, start);
  const end = endOfQuoted(text, first, start);
  if (end < text.length && !mayFollow(text.charCodeAt(end))) fault(count, start);
  return end;
}

function endOfQuoted(text: string, quote: number, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === quote) return at + 1;
  }
  return text.length;
}

function endOfBare(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x24) while (text.charCodeAt(at + 1) === 0x7b) at++;
    else if (code <= 0x20 ? isBlank(code) : code === 0x3b || code === 0x7b) return at;
  }
  return text.length;
}

function mayFollow(code: number): boolean {
  return isBlank(code) || code === 0x3b || code === 0x7b || code === 0x29;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}
