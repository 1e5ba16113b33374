import { endOf, LeftBrace, RightBrace, Semicolon, supposed, type Token, Word } from '../../grammar/tokens.ts';
import type { Step } from './search.ts';

/** Tokens as a repair would have them: supposed ones added, surplus ones taken out and kept apart. */
export interface Repaired {
  readonly tokens: Token[];
  readonly skipped: readonly Token[];
}

/** Carries out the steps of a repair on the tokens, not on the text. */
export function repair(tokens: readonly Token[], steps: readonly Step[]): Repaired {
  const repaired: Token[] = [];
  const skipped: Token[] = [];
  let from = 0;
  for (const step of steps) {
    while (from < step.at) push(repaired, tokens[from++]);
    if (removes(step)) push(skipped, tokens[from++]);
    repaired.push(...inserted(step, positionBefore(tokens, step), tokens[step.at]));
  }
  while (from < tokens.length) push(repaired, tokens[from++]);
  return { tokens: repaired, skipped };
}

/** The words of an opening line such as `location / {`. */
export function wordsOfLine(line: string): string[] {
  return line
    .replace(/\s*\{\s*$/, '')
    .split(/\s+/)
    .filter(Boolean);
}

function inserted({ kind, opener }: Step, at: number, next: Token | undefined): Token[] {
  if (kind === 'close') return [supposed(RightBrace, '}', at)];
  if (kind === 'semicolon' || kind === 'brace-for-semicolon') return [supposed(Semicolon, ';', at)];
  if (kind === 'brace' || kind === 'semicolon-for-brace') return [supposed(LeftBrace, '{', at)];
  if (kind !== 'opener' || !opener) return [];
  const words = wordsOfLine(opener.line).map((word) => supposed(Word, word, at));
  return next?.tokenType === LeftBrace ? words : [...words, supposed(LeftBrace, '{', at)];
}

function removes({ kind }: Step): boolean {
  return (
    kind === 'surplus-close' ||
    kind === 'surplus-open' ||
    kind === 'surplus-semicolon' ||
    kind === 'semicolon-for-brace' ||
    kind === 'brace-for-semicolon'
  );
}

function positionBefore(tokens: readonly Token[], { at, kind }: Step): number {
  const next = tokens[at];
  if (kind === 'opener' && next) return next.startOffset;
  const last = tokens[at - 1];
  return last ? endOf(last) : 0;
}

function push(to: Token[], token: Token | undefined): void {
  if (token) to.push(token);
}
