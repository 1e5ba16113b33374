import type { FoundText } from '../../regex/find-text.ts';
import { type Language, languageOf, literalPattern, textBetween, textWithGroup } from '../../regex/language.ts';
import type { Held } from './atom.ts';

/** What a client would like to write into a value. */
export interface Wish {
  readonly text: string;
  readonly where: 'anywhere' | 'start';
}

/**
 * A text of the request part that a variable comes from, such that the variable then holds what is wished. For a group
 * that is what its pattern is matched against. `none` when that is impossible, `unknown` when it was not decided.
 */
export function findHolding(held: Held, wish: Wish): FoundText {
  let known = memory.get(held);
  if (!known) memory.set(held, (known = new Map()));
  const key = `${wish.where} ${wish.text}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = search(held, wish)));
  return found;
}

const memory = new WeakMap<Held, Map<string, FoundText>>();

function search(held: Held, wish: Wish): FoundText {
  if (held.origin !== 'client' || [...wish.text].some((char) => held.bytes[char.charCodeAt(0)] !== 1)) return 'none';
  const { capture, always, never } = held;
  const pattern = languageOf(`${wish.where === 'start' ? '^' : ''}${literalPattern(wish.text)}`);
  if (!pattern) return 'unknown';
  if (!capture) return textBetween([pattern, ...always], never);
  const [whole, ...more] = capture.subject;
  const subject = whole?.kind === 'held' && more.length === 0 ? whole : undefined;
  const found = textWithGroup(capture.language, { group: capture.group, ...wish }, subject?.always, subject?.never);
  return typeof found === 'string' || agrees(found.text, held) ? found : 'unknown';
}

/** Conditions on the group's own text. */
function agrees(text: string, { capture, always, never }: Held): boolean {
  if (always.length + never.length === 0) return true;
  const group = capture?.language.regexp?.exec(text)?.[capture.group] ?? '';
  return always.every(({ regexp }) => regexp?.test(group)) && !never.some((language) => fails(language, group));
}

function fails({ regexp }: Language, text: string): boolean {
  return regexp === null || regexp.test(text);
}
