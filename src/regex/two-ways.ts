import type { Automaton, State } from './automaton.ts';

/** How to get to a state, and a text that leads from it back to it in two ways. */
export interface TwoWays {
  readonly prefix: string;
  readonly pump: string;
}

/** Where reading one byte leads: states that read next, and whether in more than one way. */
type Targets = ReadonlyMap<number, boolean>;

const mostPaths = 4000;
const mostSteps = 200_000;

/** Every place with two ways, the nearest first; at most one for each group of places that lead to each other. */
export function* twoWays(automaton: Automaton): Generator<TwoWays> {
  const graph = new PairGraph(automaton);
  for (const [place, prefix] of graph.reached()) {
    const pump = graph.detour(place);
    if (pump !== undefined) yield { prefix, pump };
  }
}

/** Two states that have read the same text; `split` when in different ways. */
interface Pair {
  readonly one: number;
  readonly other: number;
  readonly split: boolean;
  readonly text: string;
}

/** Pairs of states that have read the same text. */
class PairGraph {
  private readonly states: readonly State[];
  private readonly start: number;
  private readonly targets = new Map<number, Targets>();
  private readonly hopeless = new Set<number>();
  private steps = 0;

  constructor({ states, start }: Automaton) {
    this.states = states;
    this.start = start;
  }

  /** The states that read, with the shortest text that leads there. */
  reached(): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    for (const [id] of this.closure(this.start, true)) found.set(id, '');
    // A map takes additions while it is walked.
    for (const [id, prefix] of found) {
      const byte = this.commonByte(id, id);
      if (byte === undefined) continue;
      for (const [next] of this.targetsOf(id)) if (!found.has(next)) found.set(next, prefix + byte);
    }
    return found;
  }

  /** A text that leads from a state to itself in two ways; breadth first through pairs. */
  detour(place: number): string | undefined {
    const start: Pair = { one: place, other: place, split: false, text: '' };
    const seen = new Set([keyOf(start)]);
    const queue = [start];
    // An array takes additions while it is walked.
    for (const pair of queue) {
      if (this.hopeless.has(pair.one) && !pair.split) continue;
      for (const next of this.after(pair)) {
        if (++this.steps > mostSteps) return undefined;
        if (next.split && next.one === place && next.other === place) return next.text;
        const key = keyOf(next);
        if (seen.has(key) || seen.size > mostPaths) continue;
        seen.add(key);
        queue.push(next);
      }
    }
    this.hopeless.add(place);
    return undefined;
  }

  private *after({ one, other, split, text }: Pair): Generator<Pair> {
    const byte = this.commonByte(one, other);
    if (byte === undefined) return;
    for (const [first, firstTwice] of this.targetsOf(one)) {
      for (const [second, secondTwice] of this.targetsOf(other)) {
        const apart = split || first !== second || (one === other && (firstTwice || secondTwice));
        yield { one: Math.min(first, second), other: Math.max(first, second), split: apart, text: text + byte };
      }
    }
  }

  /** The byte that both read and that people like to read. */
  private commonByte(one: number, other: number): string | undefined {
    const [first, second] = [this.states[one], this.states[other]];
    if (first?.kind !== 'read' || second?.kind !== 'read') return undefined;
    for (const byte of readable) if (first.bytes[byte] === 1 && second.bytes[byte] === 1) return String.fromCharCode(byte);
    return undefined;
  }

  private targetsOf(id: number): Targets {
    let found = this.targets.get(id);
    const state = this.states[id];
    if (!found) this.targets.set(id, (found = state?.kind === 'read' ? this.closure(state.next, false) : new Map()));
    return found;
  }

  /** What reads next. A turn of a loop that reads nothing is its last, as in pcre2_match. */
  private closure(from: number, atStart: boolean): Targets {
    const found = new Map<number, boolean>();
    const entered = new Set<number>();
    let paths = 0;
    const walk = (id: number): void => {
      const state = this.states[id];
      if (!state || entered.has(id) || ++paths > mostPaths) return;
      if (state.kind === 'read') found.set(id, found.has(id));
      else if (state.kind === 'at' && state.what === 'start' && atStart) walk(state.next);
      else if (state.kind === 'fork' && state.loops) {
        const [body = -1, ...rest] = state.next;
        entered.add(id);
        walk(body);
        entered.delete(id);
        for (const next of rest) walk(next);
      } else if (state.kind === 'fork') for (const next of state.next) walk(next);
    };
    walk(from);
    return found;
  }
}

function keyOf({ one, other, split }: Pair): string {
  return `${one} ${other} ${split}`;
}

const readable = [...'aA0/-_.x', ...Array.from({ length: 256 }, (_, byte) => String.fromCharCode((byte + 0x21) & 0xff))].map(
  (char) => char.charCodeAt(0),
);
