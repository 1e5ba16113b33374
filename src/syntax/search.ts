import type { Token } from '../../grammar/tokens.ts';
import type { Cost, Fit } from './fit.ts';
import { Frame, type Opening } from './frame.ts';
import type { Place } from './layout.ts';
import { childCost, closePlacement, closingCost, openerCost, seamCost, surplusCost } from './layout-cost.ts';
import { isIndented, rest, type Seam, type Statement } from './statement.ts';
import type { Opener } from './vocabulary.ts';

/** What recovery changes, in terms of tokens: one lost or surplus terminator, or a lost opening line. */
export type EditKind =
  | 'close' // a `}` is missing before the token
  | 'opener' // a line such as `server {` is missing before the token
  | 'surplus-close' // the `}` at the token closes nothing
  | 'surplus-open' // the `{` at the token opens nothing
  | 'surplus-semicolon' // the `;` at the token ends nothing
  | 'semicolon' // a `;` is missing before the token
  | 'brace' // a `{` is missing before the token
  | 'semicolon-for-brace' // the `;` at the token should be `{`
  | 'brace-for-semicolon'; // the `{` at the token should be `;`

/** One step of a repair; `previous` are the steps before it. */
export interface Step {
  readonly kind: EditKind;
  /** Position of a token; the number of tokens for the end of the file. */
  readonly at: number;
  /** The block concerned: the one that lacks its `}`, or the one that lost its opening line. */
  readonly frame: Frame;
  readonly opener: Opener | null;
  readonly previous: Step | null;
  /** How many of the steps so far change the balance of braces: they make each other unlikely, lost semicolons do not. */
  readonly count: number;
}

interface State {
  readonly cost: Cost;
  readonly frame: Frame;
  readonly steps: Step | null;
}

/** How many states may still be looked at; shared by all searches in one file. */
export interface Budget {
  left: number;
}

const editCost = 10;
const laterEditCost = 16;
const beam = 10;
const slack = 26;

/**
 * Finds the cheapest way to read statements as well-formed blocks. Every step costs about as much as one
 * directive in a place where nginx does not allow it; what indentation, blank lines and the vocabulary say
 * against a reading is added. Paths that have the same blocks open are merged, the cheapest one stays.
 */
export class Search {
  readonly #tokens: readonly Token[];
  readonly #places: readonly Place[];
  readonly #statements: readonly Statement[];
  readonly #fit: Fit;
  readonly #budget: Budget;
  #reached: (Map<Frame, State> | undefined)[] = [];
  /** For each seam at which the statement in hand was split already: at what cost, with which blocks open. */
  readonly #splits = new Map<number, Map<Frame, Cost>>();

  constructor(tokens: readonly Token[], places: readonly Place[], statements: readonly Statement[], fit: Fit, budget: Budget) {
    this.#tokens = tokens;
    this.#places = places;
    this.#statements = statements;
    this.#fit = fit;
    this.#budget = budget;
  }

  /** The cheapest repair, given the contexts in which the file may stand, likeliest first. */
  run(contexts: readonly number[]): { readonly cost: Cost; readonly steps: readonly Step[]; readonly context: number } {
    this.#reached = [];
    const root = {
      name: '',
      holds: 'directives' as const,
      at: -1,
      supposed: false,
      line: -1,
      indent: -1,
      indents: isIndented(this.#statements),
    };
    contexts.forEach((context, rank) => {
      const frame = new Frame(null, { ...root, context });
      this.#reach(0, { cost: rank * 0.3, frame, steps: null });
    });
    for (const [index, statement] of this.#statements.entries()) {
      const states = this.#best(index);
      this.#budget.left -= states.length;
      this.#reached[index] = undefined;
      this.#splits.clear();
      if (this.#budget.left >= 0) for (const state of states) this.#try(index, statement, state);
      else if (states[0]) return this.#finish([this.#readPlainly(index, states[0])]);
    }
    return this.#finish([...(this.#reached[this.#statements.length]?.values() ?? [])]);
  }

  /** The rest as its braces alone have it. */
  #readPlainly(from: number, start: State): State {
    let state = start;
    for (let index = from; index < this.#statements.length; index++) {
      const statement = this.#statements[index];
      if (!statement) continue;
      const { ending, words, at, next } = statement;
      const { frame } = state;
      if (ending === 'close')
        state = frame.parent ? { ...state, frame: frame.parent } : this.#edit(state, frame, 'surplus-close', at, 0);
      else if (!words) state = this.#edit(state, frame, ending === 'open' ? 'surplus-open' : 'surplus-semicolon', at, 0);
      else if (ending === 'open') state = { ...state, frame: new Frame(frame, this.#fit.opening(frame, statement)) };
      else if (ending === 'cut') state = this.#edit(state, frame, 'semicolon', next, 0);
    }
    return state;
  }

  #finish(states: readonly State[]): { cost: Cost; steps: readonly Step[]; context: number } {
    let best: State | null = null;
    for (const state of states) {
      let closed = state;
      while (closed.frame.parent) closed = this.#closeBefore(closed, this.#tokens.length, 0);
      if (!best || closed.cost < best.cost) best = closed;
    }
    const steps: Step[] = [];
    for (let step = best?.steps ?? null; step; step = step.previous) steps.push(step);
    return { cost: best?.cost ?? 0, steps: steps.reverse(), context: best?.frame.opening.context ?? 0 };
  }

  #best(index: number): State[] {
    const states = [...(this.#reached[index]?.values() ?? [])].sort((a, b) => a.cost - b.cost);
    const limit = (states[0]?.cost ?? 0) + slack;
    return states.slice(0, beam).filter(({ cost }) => cost <= limit);
  }

  #reach(index: number, state: State): void {
    const reached = (this.#reached[index] ??= new Map());
    const known = reached.get(state.frame);
    if (!known || state.cost < known.cost) reached.set(state.frame, state);
  }

  #try(index: number, statement: Statement, state: State): void {
    this.#accept(index, statement, state);
    const misfit = this.#misfit(statement, state.frame);
    if (isPlain(statement) && misfit === 0) return;
    let closed = state;
    for (let blocks = 0; blocks < 3 && closed.frame.parent; blocks++) {
      closed = this.#closeBefore(closed, statement.at, closePlacement(closed.frame, statement));
      this.#accept(index, statement, closed);
    }
    if (statement.ending !== 'close') this.#tryOpeners(index, statement, state, misfit);
  }

  #misfit(statement: Statement, frame: Frame): Cost {
    if (!statement.words) return 0;
    return this.#fit.cost(frame, statement.name, statement.words - 1, isBlock(statement)) + childCost(frame, statement);
  }

  #tryOpeners(index: number, statement: Statement, state: State, misfit: Cost): void {
    const stray = statement.words === 0;
    if (stray && statement.ending !== 'open') return;
    for (const [rank, opener] of this.#fit.openers(state.frame).entries()) {
      const frame = state.frame.holding(-1).inner(supposedOpening(opener, state.frame, statement.at));
      if (stray)
        this.#reach(
          index + 1,
          this.#edit(state, frame, 'opener', statement.at, statement.before === 'open' ? 4 : rank * 0.1, opener),
        );
      else if (this.#fit.cost(frame, statement.name, statement.words - 1, isBlock(statement)) === 0) {
        const extra = openerCost(state.frame, statement, opener, misfit) + this.#wholeFile(state.frame) + rank * 0.1;
        this.#accept(index, statement, this.#edit(state, frame, 'opener', statement.at, extra, opener));
      }
    }
  }

  /** A file that starts inside `http` is a fragment; that it lost the line `http {` is unlikely while nothing stands before. */
  #wholeFile(frame: Frame): Cost {
    return frame.parent === null && !frame.filled && this.#fit.isMain(frame) ? 3 : 0;
  }

  #accept(index: number, statement: Statement, state: State): void {
    if (statement.ending === 'close') this.#acceptClose(index, statement, state);
    else if (!statement.words) this.#acceptStray(index, statement, state);
    else this.#acceptWords(index, statement, state);
  }

  #acceptWords(index: number, statement: Statement, state: State): void {
    if (statement.ending === 'open') this.#acceptBlock(index, statement, state);
    else if (statement.ending === 'raw')
      this.#reach(index + 1, this.#held(state, statement, this.#misfit(statement, state.frame)));
    else this.#acceptSimple(index, statement, state);
    this.#split(index, statement, state);
  }

  #acceptClose(index: number, statement: Statement, state: State): void {
    const { frame } = state;
    if (frame.parent) this.#reach(index + 1, { ...state, cost: state.cost + closingCost(frame, statement), frame: frame.parent });
    this.#reach(index + 1, this.#edit(state, frame, 'surplus-close', statement.at, surplusCost(frame, statement)));
  }

  #acceptStray(index: number, statement: Statement, state: State): void {
    const kind = statement.ending === 'open' ? 'surplus-open' : 'surplus-semicolon';
    const cost = kind === 'surplus-open' && statement.place.first && statement.before !== 'open' ? 3 : 0;
    this.#reach(index + 1, this.#edit(state, state.frame, kind, statement.at, cost));
  }

  #acceptSimple(index: number, statement: Statement, state: State): void {
    const { frame } = state;
    const { name, words, ending, next } = statement;
    const seams = this.#seamCosts(statement, frame);
    const ended = ending === 'cut' ? this.#edit(state, frame, 'semicolon', next, 0) : state;
    this.#reach(index + 1, this.#held(ended, statement, this.#misfit(statement, frame) + seams));
    if (!this.#fit.opensBlock(name) || this.#fit.allows(frame, name, false)) return;
    const kind = ending === 'cut' ? 'brace' : 'semicolon-for-brace';
    const opened = this.#edit(state, frame, kind, ending === 'cut' ? next : next - 1, 0);
    const lines = statement.seams.some(({ first }) => first) ? 5 : 0;
    const cost = this.#fit.cost(frame, name, words - 1, true) + childCost(frame, statement) + seams + lines;
    this.#reach(index + 1, this.#opened(opened, statement, cost));
  }

  #acceptBlock(index: number, statement: Statement, state: State): void {
    const { frame } = state;
    this.#reach(index + 1, this.#opened(state, statement, this.#misfit(statement, frame) + this.#seamCosts(statement, frame)));
    const next = this.#statements[index + 1];
    if (this.#fit.allows(frame, statement.name, true) || this.#fit.meanings(statement.name).length === 0 || !next) return;
    if (next.ending === 'close' || next.ending === 'cut') return;
    const edited = this.#edit(state, frame, 'surplus-open', statement.next - 1, 0);
    const whole = { ...statement, next: next.next, ending: next.ending, words: statement.words + next.words, seams: next.seams };
    if (next.ending === 'semicolon' && !this.#isOwn(next))
      this.#reach(index + 2, this.#held(edited, whole, this.#misfit(whole, frame)));
    const alone = { ...statement, ending: 'semicolon' as const };
    const ended = this.#edit(state, frame, 'brace-for-semicolon', statement.next - 1, 0);
    if (this.#isOwn(next)) this.#reach(index + 1, this.#held(ended, alone, this.#misfit(alone, frame)));
  }

  /** Whether a statement can stand alone: a known name that starts its line. */
  #isOwn(statement: Statement): boolean {
    return statement.place.first && this.#fit.meanings(statement.name).length > 0;
  }

  /** Supposes that the statement is two, of which the first lacks its end. */
  #split(index: number, statement: Statement, state: State): void {
    const { frame } = state;
    let tried = 0;
    for (const seam of statement.seams) {
      if (!this.#isSeam(seam, statement, frame) || ++tried > 4) continue;
      const first = {
        ...statement,
        words: seam.at - statement.at,
        ending: 'semicolon' as const,
        seams: statement.seams.filter(({ at }) => at < seam.at),
      };
      const second = rest(statement, seam.at, this.#tokens, this.#places);
      const extra = seam.first ? 0 : 2;
      if (!this.#fit.opensBlock(first.name) || this.#fit.allows(frame, first.name, false)) {
        const ended = this.#edit(state, frame, 'semicolon', seam.at, extra);
        const held = this.#held(ended, first, this.#misfit(first, frame) + this.#seamCosts(first, frame));
        if (this.#isCheapest(seam.at, held)) this.#accept(index, second, held);
      }
      if (!this.#fit.opensBlock(first.name)) continue;
      const opened = this.#edit(state, frame, 'brace', seam.at, extra);
      const cost = this.#fit.cost(frame, first.name, first.words - 1, true) + childCost(frame, first);
      const inside = this.#opened(opened, first, cost);
      if (this.#isCheapest(seam.at, inside)) this.#accept(index, second, inside);
    }
  }

  /** Whether no other way to the same place was as cheap: a list of words has many, all alike from there on. */
  #isCheapest(seam: number, { frame, cost }: State): boolean {
    let known = this.#splits.get(seam);
    if (!known) this.#splits.set(seam, (known = new Map()));
    if (cost >= (known.get(frame) ?? Number.POSITIVE_INFINITY)) return false;
    known.set(frame, cost);
    return --this.#budget.left >= 0;
  }

  #isSeam(seam: Seam, statement: Statement, frame: Frame): boolean {
    const known = this.#fit.meanings(this.#tokens[seam.at]?.image ?? '').length > 0;
    if (frame.opening.holds === 'data') return seam.first;
    if (seam.first && this.#fit.opensBlock(statement.name) && !this.#fit.allows(frame, statement.name, false)) return true;
    return known && (seam.first || this.#misfit(statement, frame) > 0 || statement.ending === 'cut');
  }

  #seamCosts(statement: Statement, frame: Frame): Cost {
    let cost = 0;
    const misfit = this.#fit.cost(frame, statement.name, statement.words - 1, isBlock(statement));
    for (const seam of statement.seams) {
      if (!seam.first && !misfit) continue;
      const name = this.#tokens[seam.at]?.image ?? '';
      const legal = this.#fit.allows(frame, name, false) || this.#fit.allows(frame, name, true);
      if (!seam.first) cost += legal ? 8 : 0;
      else cost += seamCost(frame, statement, this.#places[seam.at], name, legal, this.#fit.meanings(name).length > 0);
    }
    return cost;
  }

  #held(state: State, statement: Statement, cost: Cost): State {
    return { ...state, cost: state.cost + cost, frame: state.frame.holding(statement.place.first ? statement.place.indent : -1) };
  }

  #opened(state: State, statement: Statement, cost: Cost): State {
    const held = this.#held(state, statement, cost);
    return { ...held, frame: held.frame.inner(this.#fit.opening(state.frame, statement)) };
  }

  #closeBefore(state: State, at: number, placement: Cost): State {
    const edited = this.#edit(state, state.frame, 'close', at, placement);
    return { ...edited, frame: state.frame.parent ?? state.frame };
  }

  #edit(state: State, frame: Frame, kind: EditKind, at: number, extra: Cost, opener: Opener | null = null): State {
    const { steps } = state;
    const local = kind === 'semicolon' || kind === 'surplus-semicolon' || kind === 'brace-for-semicolon';
    const count = (steps?.count ?? 0) + (local ? 0 : 1);
    const cost = state.cost + (!local && count > 1 ? laterEditCost : editCost) + extra;
    return { cost, frame: kind === 'opener' ? frame : state.frame, steps: { kind, at, frame, opener, previous: steps, count } };
  }
}

function isPlain(statement: Statement): boolean {
  return statement.ending === 'semicolon' && statement.words > 0 && statement.before === 'semicolon' && !statement.place.gap;
}

function isBlock(statement: Statement): boolean {
  return statement.ending === 'open' || statement.ending === 'raw';
}

function supposedOpening(opener: Opener, outer: Frame, at: number): Opening {
  const holds = opener.opens ? 'directives' : 'data';
  return {
    name: opener.name,
    context: opener.opens,
    holds,
    at,
    supposed: true,
    line: -1,
    indent: outer.parent || outer.filled ? outer.childIndent : 0,
  };
}
