import { isClosed, quoteOf } from '../../grammar/words.ts';

const bufferSize = 4096;

/**
 * nginx's wording when the word or comment at `start…end` does not go through its buffer, else null. Follows
 * the refilling in ngx_conf_read_token: everything from the word's start (behind its quote) stays in the buffer
 * until the reader has gone past its end, so what follows the word counts too; at the file's end nothing does.
 */
export function tooLong(text: string, start: number, end: number): string | null {
  const quote = quoteOf(text.charAt(start));
  const from = start + quote.length;
  if (from + bufferSize >= text.length) return null;
  if (end + read(text, start, end) - from <= bufferSize) return null;
  const closing = isClosed(text.slice(start, end)) ? end - 1 : end;
  if (quote && closing - from >= bufferSize) return `too long parameter, probably missing terminating "${quote}" character`;
  return `too long parameter "${text.slice(from, from + 10)}..." started`;
}

/** How many bytes behind the word nginx reads before it lets go of the buffer: the terminator, or a blank and one byte more; after a comment, the line end. */
function read(text: string, start: number, end: number): number {
  if (text[start] === '#') return text[end] === '\r' ? 2 : 1;
  const next = text[end];
  return next === ';' || next === '{' || next === ')' ? 1 : 2;
}
