import type { Word } from '../../syntax/tree.ts';

/** A word as crossplane's lexer gives it: without its quotes, in which `\"` (or `\'`) is the quote; every other escape stays. */
export function payloadWord(text: string, word: Word): string {
  if (word.recovered) return word.value;
  const spelled = text.slice(word.start, word.end);
  const { quote } = word;
  if (quote === '' || spelled.length < 2 || !spelled.endsWith(quote)) return spelled;
  return spelled.slice(1, -1).replace(/\\[\s\S]/g, (pair) => (pair[1] === quote ? quote : pair));
}

/** A spelling of a word that nginx reads as the word was meant, and `payloadWord` as it is. */
export function spellWord(word: string): string {
  const units: string[] = word.match(/\\[\s\S]|[\s\S]/g) ?? [];
  // An escape needs something behind it.
  if (units.at(-1) === '\\') units.push('\\');
  if (!needsQuotes(units)) return units.join('');
  const quote = units.includes('\\"') ? "'" : '"';
  return quote + units.map((unit) => (unit === quote ? `\\${quote}` : unit)).join('') + quote;
}

/** True for what nginx's reader, or crossplane's, would cut elsewhere. */
function needsQuotes(units: readonly string[]): boolean {
  const [first] = units;
  if (first === undefined || /^[\s;{}"'#]$/.test(first)) return true;
  let inVariable = false;
  for (const [index, unit] of units.entries()) {
    if (/^[\s;]$/.test(unit)) return true;
    if (unit === '{') {
      if (inVariable || units[index - 1] !== '$') return true;
      inVariable = true;
    } else if (unit === '}') {
      if (!inVariable) return true;
      inVariable = false;
    }
  }
  return inVariable;
}

/** The arguments of `if` without the parentheses around them. */
export function withoutParentheses(args: readonly string[]): readonly string[] {
  const [first = '', last = ''] = [args[0], args.at(-1)];
  if (!first.startsWith('(') || !last.endsWith(')')) return args;
  const inner = [...args];
  inner[0] = first.slice(1).trimStart();
  const end = inner.length - 1;
  inner[end] = (inner[end] ?? '').slice(0, -1).trimEnd();
  return inner.slice(inner[0] === '' ? 1 : 0, inner.at(-1) === '' ? -1 : undefined);
}

/** The condition of `if` as it is written. A quote counts only where a word begins. */
export function spellCondition(args: readonly string[]): string {
  const spelled = args.map(spellWord).join(' ');
  return /^["']/.test(spelled) ? `( ${spelled})` : `(${spelled})`;
}
