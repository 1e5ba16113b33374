import type { Automaton, State } from './automaton.ts';

/** All that a machine can be in after some bytes. */
export interface Situation {
  readonly key: string;
  /** States that read, and such that wait for the end of the text. */
  readonly waiting: readonly number[];
  /** It has matched, whatever follows. */
  readonly matched: boolean;
  /** It matches if the text ends here. */
  readonly matchesAtEnd: boolean;
  readonly steps: Map<number, Situation>;
}

/** Runs a machine over bytes; situations are made once. */
export class Matcher {
  readonly automaton: Automaton;
  readonly start: Situation;
  private readonly known = new Map<string, Situation>();

  constructor(automaton: Automaton) {
    this.automaton = automaton;
    this.start = this.situation([automaton.start], true);
  }

  step(from: Situation, byte: number): Situation {
    if (from.matched) return from;
    let to = from.steps.get(byte);
    if (!to) from.steps.set(byte, (to = this.situation(this.read(from, byte), false)));
    return to;
  }

  private read({ waiting }: Situation, byte: number): number[] {
    const next: number[] = [];
    for (const id of waiting) {
      const state = this.automaton.states[id] as State;
      if (state.kind === 'read' && state.bytes[byte] === 1) next.push(state.next);
    }
    return next;
  }

  private situation(ids: readonly number[], atStart: boolean): Situation {
    const { waiting, matched } = this.closure(ids, atStart, false);
    const key = matched ? 'matched' : `${atStart ? '^' : ''}${waiting.join()}`;
    let found = this.known.get(key);
    if (!found) {
      const matchesAtEnd = matched || this.closure(waiting, atStart, true).matched;
      this.known.set(key, (found = { key, waiting, matched, matchesAtEnd, steps: new Map() }));
    }
    return found;
  }

  /** What can be reached without reading. */
  private closure(ids: readonly number[], atStart: boolean, atEnd: boolean): { waiting: number[]; matched: boolean } {
    const { states } = this.automaton;
    const seen = new Set(ids);
    const waiting: number[] = [];
    let matched = false;
    // A set takes additions while it is walked.
    for (const id of seen) {
      const state = states[id] as State;
      if (state.kind === 'matched') matched = true;
      else if (state.kind === 'fork') for (const next of state.next) seen.add(next);
      else if (state.kind === 'at' && (state.what === 'start' ? atStart : atEnd)) seen.add(state.next);
      else if (state.kind === 'read' || state.what === 'end') waiting.push(id);
    }
    return { waiting: waiting.sort((one, other) => one - other), matched };
  }
}
