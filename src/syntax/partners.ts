import { LeftBrace, RightBrace, type Token } from '../../grammar/tokens.ts';
import type { Recovery } from './recover.ts';
import type { Step } from './search.ts';

/** The `}` at which nginx finds one too many, counting braces alone. */
export function leftOver(tokens: readonly Token[]): Token | null {
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === LeftBrace) depth++;
    else if (token.tokenType === RightBrace && --depth < 0) return token;
  }
  return null;
}

/** The `}` that closes the block whose opening line a step supposes; null when that is supposed, too. */
export function partner({ repaired, tokens }: Recovery, step: Step): Token | null {
  const first = tokens[step.at];
  let at = first ? repaired.indexOf(first) : repaired.length;
  for (let depth = 1; at < repaired.length; at++) {
    const token = repaired[at];
    if (token?.tokenType === LeftBrace) depth++;
    else if (token?.tokenType === RightBrace && --depth === 0) return token.startOffset < 0 ? null : token;
  }
  return null;
}
