import { type ByteSet, named, setOf, union } from '../../regex/byte-set.ts';
import { bytesOfGroup, type Language } from '../../regex/language.ts';
import type { Atom, Held } from './atom.ts';

const memory = new WeakMap<Held, Map<Language, Map<number, Held>>>();

/** What a group of a pattern holds; the same one wherever it is matched against the same. */
export function captured(language: Language | null, group: number, subject: readonly Atom[]): Held {
  const [whole, ...more] = subject;
  if (!language || whole?.kind !== 'held' || more.length > 0) return cutOut(language, group, subject);
  let byLanguage = memory.get(whole);
  if (!byLanguage) memory.set(whole, (byLanguage = new Map()));
  let byGroup = byLanguage.get(language);
  if (!byGroup) byLanguage.set(language, (byGroup = new Map()));
  let held = byGroup.get(group);
  if (!held) byGroup.set(group, (held = cutOut(language, group, subject)));
  return held;
}

function cutOut(language: Language | null, group: number, subject: readonly Atom[]): Held {
  const helds = subject.filter((atom) => atom.kind === 'held');
  const chosen = helds.find(({ origin }) => origin === 'client') ?? helds[0];
  const possible = union(
    setOf(subject.map((atom) => (atom.kind === 'text' ? atom.text : '')).join('')),
    ...helds.map(({ bytes }) => bytes),
  );
  const inGroup = language ? bytesOfGroup(language, group) : named.all;
  return {
    kind: 'held',
    variable: chosen?.variable ?? String(group),
    origin: chosen?.origin ?? 'server',
    part: chosen?.part ?? '',
    bytes: both(possible, inGroup),
    ...(language ? { capture: { language, group, subject } } : {}),
    always: [],
    never: [],
  };
}

function both(one: ByteSet, other: ByteSet): ByteSet {
  return one.map((bit, byte) => bit & (other[byte] ?? 0));
}
