import { endOfStatements } from '../../grammar/pieces.ts';
import { endOf, LeftBrace, RightBrace, Semicolon, supposed, type Token, Word } from '../../grammar/tokens.ts';
import type { Step } from './search.ts';
import { skip } from './skip.ts';
import type { Skipped } from './tree.ts';

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
    for (const token of inserted(step, positionBefore(tokens, step), tokens[step.at])) repaired.push(token);
  }
  while (from < tokens.length) push(repaired, tokens[from++]);
  return { tokens: repaired, skipped };
}

/** Repairs a text that comes in pieces: `steps` are about `searched`, which may be fewer tokens than the text has. */
export class PieceRepair {
  readonly skipped: Skipped[] = [];
  readonly #searched: readonly Token[];
  readonly #steps: readonly Step[];
  readonly #end: number;
  #done = 0;
  #held: Token[] = [];

  constructor(searched: readonly Token[], steps: readonly Step[], end: number) {
    this.#searched = searched;
    this.#steps = steps;
    this.#end = end;
  }

  /** The piece's statements as the repair would have them, those only that are whole. */
  piece(text: string, tokens: readonly Token[]): Token[] {
    const here: Step[] = [];
    let at = 0;
    for (let step = this.#steps[this.#done]; step; step = this.#steps[++this.#done]) {
      const offset = this.#searched[step.at]?.startOffset ?? Number.POSITIVE_INFINITY;
      while (at < tokens.length && (tokens[at]?.startOffset ?? 0) < offset) at++;
      if (at >= tokens.length) break;
      here.push({ ...step, at });
    }
    const last = tokens.at(-1);
    const isBehind = last !== undefined && last.startOffset >= this.#end;
    return this.#whole(text, here.length ? repair(tokens, here) : { tokens, skipped: [] }, isBehind);
  }

  /** What is left, and what belongs to the end of the file. */
  rest(): Token[] {
    const steps = this.#end === Number.POSITIVE_INFINITY ? this.#steps.slice(this.#done) : [];
    const { tokens } = repair(
      this.#held,
      steps.map((step) => ({ ...step, at: this.#held.length })),
    );
    return grammatical(tokens, this.skipped);
  }

  #whole(text: string, { tokens, skipped }: { tokens: readonly Token[]; skipped: readonly Token[] }, isBehind: boolean): Token[] {
    for (const token of skipped) skip(this.skipped, token);
    const all = this.#held.length ? this.#held.concat(tokens) : tokens;
    const count = endOfStatements(text, all);
    this.#held = all.slice(count);
    const whole = all.slice(0, count);
    return isBehind ? grammatical(whole, this.skipped) : whole;
  }
}

/** Tokens that the grammar takes: a statement ends before a `}`, and what ends nothing is left out. */
function grammatical(tokens: readonly Token[], skipped: Skipped[]): Token[] {
  const taken: Token[] = [];
  let last: Token | null = null;
  for (const token of tokens) {
    const ends = token.tokenType !== Word;
    if (ends && token.tokenType !== RightBrace && !last) skip(skipped, token);
    else {
      if (last && token.tokenType === RightBrace) taken.push(supposed(Semicolon, ';', endOf(last)));
      taken.push(token);
    }
    last = ends ? null : token;
  }
  if (last) taken.push(supposed(Semicolon, ';', endOf(last)));
  return taken;
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
