import type { Directive } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Contexts reachable from the outermost one, outermost first. */
export function contextsOf(vocabulary: Vocabulary): readonly number[] {
  const found = new Set([vocabulary.main]);
  for (const context of found) {
    for (const { opens } of vocabulary.openers(context)) if (opens) found.add(opens);
  }
  return [...found];
}

/**
 * The context in which a fragment's top level most probably stands, from what is written there; the outermost
 * of those that fit equally. A whole `nginx.conf` answers the main context.
 */
export function guessContext(directives: readonly Directive[], vocabulary: Vocabulary): number {
  let best = vocabulary.main;
  let most = Number.NEGATIVE_INFINITY;
  for (const context of contextsOf(vocabulary)) {
    let votes = 0;
    for (const directive of directives) votes += voteFor(vocabulary, context, directive);
    if (votes <= most) continue;
    most = votes;
    best = context;
  }
  return best;
}

/** What a directive says for a context: half as much where an argument of it would not be one there. */
function voteFor(vocabulary: Vocabulary, context: number, { name, args, block }: Directive): number {
  const vote = voteOf(vocabulary, context, name.value, args.length, block !== null);
  const [first] = args;
  if (vote < 2 || !first) return vote;
  return vocabulary.meanings(name.value).some((one) => one.contexts & context && one.takes(first.value)) ? vote : 1;
}

/** What one statement says for a context: 0 unknown, 2 it may stand there, less when its count of arguments or its shape is wrong, -2 it may not. */
export function voteOf(vocabulary: Vocabulary, context: number, name: string, args: number, block: boolean): number {
  const meanings = vocabulary.meanings(name);
  if (!meanings.length) return 0;
  const here = meanings.filter(({ contexts }) => contexts & context);
  const shaped = here.filter((meaning) => (meaning.block !== 'none') === block);
  if (shaped.some(({ min, max }) => args >= min && args <= max)) return 2;
  if (shaped.length) return 1;
  return here.length ? -1 : -2;
}
