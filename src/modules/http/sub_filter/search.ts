import type { BodyTransform } from '../../../runtime/hooks.ts';

/** The texts of one block, ready to be looked for. */
export class Texts {
  /** In lower case. */
  readonly texts: readonly string[];
  readonly longest: number;
  /** By the texts that still count, as a row of `1` and `0`. */
  private readonly compiled = new Map<string, RegExp>();

  constructor(texts: readonly string[]) {
    this.texts = texts.map(lowerAscii);
    this.longest = Math.max(...texts.map((text) => text.length));
  }

  /** Finds the first text of those that count; a group is the text's number + 1. */
  pattern(counts: readonly boolean[]): RegExp {
    const key = counts.map((counts) => (counts ? '1' : '0')).join('');
    let pattern = this.compiled.get(key);
    if (!pattern) {
      // A group that can match nothing keeps the numbers of those behind it.
      const groups = this.texts.map((text, index) => `(${counts[index] ? caseless(text) : '(?!)'})`);
      pattern = new RegExp(groups.join('|'), 'g');
      this.compiled.set(key, pattern);
    }
    return pattern;
  }
}

/**
 * Puts texts in the place of others (ngx_http_sub_body_filter): leftmost first, among those at one place the first that
 * was configured. What may go on in the next chunk is held back, and stays as it is when the body ends there.
 */
export function substitution(texts: Texts, replacements: readonly (() => string)[], once: boolean): BodyTransform {
  const known: (string | undefined)[] = [];
  const counts = texts.texts.map(() => true);
  let held = '';
  let over = false;
  const pass = (text: string): string => {
    let out = '';
    let from = 0;
    while (!over) {
      const pattern = texts.pattern(counts);
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      const index = match ? match.findIndex((group, at) => at > 0 && group !== undefined) - 1 : -1;
      const open = openAt({ texts, counts, text, from, until: match ? match.index : text.length, before: index });
      if (open < text.length) {
        held = text.slice(open);
        return out + text.slice(from, open);
      }
      if (!match) break;
      known[index] ??= (replacements[index] as () => string)();
      out += text.slice(from, match.index) + known[index];
      from = match.index + match[0].length;
      if (once) {
        counts[index] = false;
        over = !counts.includes(true);
      }
    }
    return out + text.slice(from);
  };
  return {
    transform(chunk, last) {
      if (over && held === '') return chunk;
      const text = held + chunk.toString('latin1');
      held = '';
      const out = pass(text);
      const rest = last ? held : '';
      if (last) held = '';
      return out.length === chunk.length && out === text ? chunk : Buffer.from(out + rest, 'latin1');
    },
  };
}

interface Opening {
  readonly texts: Texts;
  readonly counts: readonly boolean[];
  readonly text: string;
  readonly from: number;
  /** Where a whole text was found, and its number. */
  readonly until: number;
  readonly before: number;
}

/** Where the first text begins that the end of `text` cuts off; the length when none does. */
function openAt({ texts, counts, text, from, until, before }: Opening): number {
  const first = Math.max(from, text.length - texts.longest + 1);
  if (first > until) return text.length;
  const tail = lowerAscii(text.slice(first));
  for (let at = first; at < text.length && at <= until; at++) {
    const rest = tail.slice(at - first);
    const opens = texts.texts.some(
      (whole, index) => counts[index] && (at < until || index < before) && whole.length > rest.length && whole.startsWith(rest),
    );
    if (opens) return at;
  }
  return text.length;
}

/** nginx's ngx_strlow: letters beyond ASCII stay. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function caseless(text: string): string {
  return text.replace(/[^0-9_ ]/g, (one) =>
    /[a-z]/.test(one) ? `[${one}${one.toUpperCase()}]` : `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
