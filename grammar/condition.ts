/** The inside of `if ( … )`. The words are values, after unquoting; `right` is a script for `=` and `!=`, a pattern for `~`. */
export type Condition =
  | { readonly kind: 'variable'; readonly variable: string }
  | { readonly kind: 'compare'; readonly variable: string; readonly operator: '=' | '!='; readonly right: string }
  | { readonly kind: 'match'; readonly variable: string; readonly operator: '~' | '~*' | '!~' | '!~*'; readonly right: string }
  | { readonly kind: 'file'; readonly test: 'f' | 'd' | 'e' | 'x'; readonly negated: boolean; readonly path: string };

/** A condition, or nginx's complaint; `word` says which of the given words it is about. */
export type ParsedCondition =
  | { readonly condition: Condition; readonly error: null }
  | { readonly condition: null; readonly error: string; readonly word: number };

/**
 * Reads the arguments of `if` as ngx_http_rewrite_if_condition does. The parentheses belong to the first and
 * the last word, whether or not blanks stand between; quotes are gone by then, so `"("` would do as well.
 */
export function parseCondition(args: readonly string[]): ParsedCondition {
  const words = [...args];
  const first = words[0] ?? '';
  if (!first.startsWith('(')) return refuse(first, 0);
  let current = 0;
  if (first.length === 1) current = 1;
  else words[0] = first.slice(1);
  let last = words.length - 1;
  const closing = words[last] ?? '';
  if (!closing.endsWith(')')) return refuse(closing, last);
  if (closing.length === 1) last--;
  else words[last] = closing.slice(0, -1);
  return inside(words, current, last);
}

function inside(words: readonly string[], current: number, last: number): ParsedCondition {
  const word = words[current] ?? '';
  if (word.length > 1 && word.startsWith('$')) return aboutVariable(words, current, last);
  if (/^!?-.$/s.test(word)) return aboutFile(words, current, last);
  return refuse(word, current);
}

function aboutVariable(words: readonly string[], current: number, last: number): ParsedCondition {
  const word = words[current] ?? '';
  if (current !== last && current + 2 !== last) return refuse(word, current);
  const variable = word.slice(1);
  if (current === last) return { condition: { kind: 'variable', variable }, error: null };
  const operator = words[current + 1] ?? '';
  const right = words[last] ?? '';
  if (operator === '=' || operator === '!=') return { condition: { kind: 'compare', variable, operator, right }, error: null };
  if (operator === '~' || operator === '~*' || operator === '!~' || operator === '!~*') {
    return { condition: { kind: 'match', variable, operator, right }, error: null };
  }
  return { condition: null, error: `unexpected "${operator}" in condition`, word: current + 1 };
}

function aboutFile(words: readonly string[], current: number, last: number): ParsedCondition {
  const word = words[current] ?? '';
  if (current + 1 !== last) return refuse(word, current);
  const test = word.slice(-1);
  if (test !== 'f' && test !== 'd' && test !== 'e' && test !== 'x') return refuse(word, current);
  return { condition: { kind: 'file', test, negated: word.startsWith('!'), path: words[last] ?? '' }, error: null };
}

function refuse(value: string, word: number): ParsedCondition {
  return { condition: null, error: `invalid condition "${value}"`, word };
}
