import type { Automaton } from './automaton.ts';
import { Matcher, type Situation } from './matcher.ts';

/** What to look for: a text that all of `in` match and none of `notIn`. */
export interface Search {
  readonly in: readonly Automaton[];
  readonly notIn?: readonly Automaton[];
}

/** The shortest such text as bytes, `none` when there is provably none, `unknown` when that takes too long. */
export type FoundText = { readonly text: string } | 'none' | 'unknown';

const mostSteps = 40_000;

interface Place {
  readonly wanted: readonly Situation[];
  readonly unwanted: readonly Situation[];
  readonly from: Place | null;
  readonly byte: number;
}

/** Looks for a text breadth first, through all machines at once. */
export function findText({ in: accepting, notIn = [] }: Search): FoundText {
  const wanted = accepting.map((automaton) => new Matcher(automaton));
  const unwanted = notIn.map((automaton) => new Matcher(automaton));
  const bytes = alphabet([...accepting, ...notIn]);
  const start: Place = { wanted: wanted.map((at) => at.start), unwanted: unwanted.map((at) => at.start), from: null, byte: 0 };
  const seen = new Set([keyOf(start)]);
  const queue = [start];
  let steps = 0;
  // An array takes additions while it is walked.
  for (const place of queue) {
    if (isFound(place)) return { text: textOf(place) };
    for (const byte of bytes) {
      if (++steps > mostSteps) return 'unknown';
      const next: Place = {
        wanted: place.wanted.map((at, index) => (wanted[index] as Matcher).step(at, byte)),
        unwanted: place.unwanted.map((at, index) => (unwanted[index] as Matcher).step(at, byte)),
        from: place,
        byte,
      };
      const key = keyOf(next);
      if (isHopeless(next) || seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return 'none';
}

function isFound({ wanted, unwanted }: Place): boolean {
  return wanted.every(({ matchesAtEnd }) => matchesAtEnd) && !unwanted.some(({ matchesAtEnd }) => matchesAtEnd);
}

function isHopeless({ wanted, unwanted }: Place): boolean {
  return unwanted.some(({ matched }) => matched) || wanted.some(({ matched, waiting }) => !matched && waiting.length === 0);
}

function keyOf({ wanted, unwanted }: Place): string {
  return [...wanted, ...unwanted].map(({ key }) => key).join(' ');
}

function textOf(place: Place): string {
  const bytes: string[] = [];
  for (let at = place; at.from; at = at.from) bytes.push(String.fromCharCode(at.byte));
  return bytes.reverse().join('');
}

/** One byte of each kind that the machines tell apart, those that people like to read first. */
function alphabet(automata: readonly Automaton[]): readonly number[] {
  const sets = new Set(automata.flatMap(({ states }) => states.flatMap((state) => (state.kind === 'read' ? [state.bytes] : []))));
  const kinds = new Uint16Array(256);
  let count = 1;
  for (const set of sets) {
    const inside = new Map<number, number>();
    const left = new Set<number>();
    for (let byte = 0; byte < 256; byte++) if (set[byte] !== 1) left.add(kinds[byte] ?? 0);
    for (let byte = 0; byte < 256; byte++) {
      const kind = kinds[byte] ?? 0;
      if (set[byte] !== 1 || !left.has(kind)) continue;
      if (!inside.has(kind)) inside.set(kind, count++);
      kinds[byte] = inside.get(kind) ?? 0;
    }
  }
  const first = new Map<number, number>();
  for (const byte of readable) if (!first.has(kinds[byte] ?? 0)) first.set(kinds[byte] ?? 0, byte);
  return [...first.values()];
}

const firstChoice = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/-_.';
const readable = [
  ...new Set([
    ...[...firstChoice].map((char) => char.charCodeAt(0)),
    ...Array.from({ length: 0x5e }, (_, index) => index + 0x21),
    ...Array.from({ length: 256 }, (_, byte) => byte),
  ]),
];
