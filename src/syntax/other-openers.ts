import { LeftBrace, RightBrace, type Token, Word } from '../../grammar/tokens.ts';
import { valueOf } from '../../grammar/words.ts';
import type { Opener, Vocabulary } from './vocabulary.ts';

const mostStatements = 200;
const mostNamed = 3;

/** A body whose opening line was lost: its tokens, and the context around it. */
export interface LostBody {
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly context: number;
}

/** Further lines that may have been lost above a body: blocks in which each of its known directives may stand. */
export function otherOpeners(chosen: Opener, { tokens, from, context }: LostBody, vocabulary: Vocabulary): readonly Opener[] {
  const contexts = namesAtTop(tokens, from)
    .map((name) => vocabulary.meanings(name).reduce((all, meaning) => all | meaning.contexts, 0))
    .filter((bits) => bits !== 0);
  if (contexts.length === 0) return [];
  return vocabulary
    .openers(context)
    .filter(({ name, opens }) => name !== chosen.name && contexts.every((bits) => bits & opens))
    .slice(0, mostNamed);
}

/** The names of the statements that stand directly in the body, up to the brace that closes it. */
function namesAtTop(tokens: readonly Token[], from: number): readonly string[] {
  const names = new Set<string>();
  let depth = 0;
  let isFirst = true;
  for (let at = from; at < tokens.length && names.size < mostStatements; at++) {
    const token = tokens[at];
    if (token?.tokenType === Word) {
      if (isFirst && depth === 0) names.add(valueOf(token.image));
      isFirst = false;
      continue;
    }
    isFirst = true;
    if (token?.tokenType === LeftBrace) depth++;
    else if (token?.tokenType === RightBrace && --depth < 0) break;
  }
  return [...names];
}
