import { bug } from '../base/bug.ts';
import type { Node } from './ast.ts';
import { type ByteSet, named, setOf } from './byte-set.ts';

/** One state: it reads a byte, forks without reading, waits for a border of the text, or has matched. */
export type State =
  | { readonly kind: 'read'; readonly bytes: ByteSet; readonly next: number; readonly inside: boolean }
  /** `loops`: the first of `next` leads back here, the others go on. `opens`: a group begins. */
  | { readonly kind: 'fork'; next: readonly number[]; readonly opens: boolean; readonly loops?: true }
  | { readonly kind: 'at'; readonly what: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'matched' };

/** A pattern as a machine that looks for it anywhere in a text. */
export interface Automaton {
  readonly states: readonly State[];
  readonly start: number;
  /** False when it matches more than the pattern does: a condition that it cannot express was left out. */
  readonly exact: boolean;
}

/** Asks that the text of a group holds `text`, or begins with it. */
export interface Wanted {
  readonly group: number;
  readonly text: string;
  readonly where: 'anywhere' | 'start';
}

const mostStates = 4000;
const mostCopies = 64;

/** Builds the machine of a pattern; with `wanted`, of those of its matches in which a group holds what is wanted. */
export function automatonOf(node: Node, wanted?: Wanted): Automaton {
  const builder = new Builder(wanted?.group ?? 0);
  const { states } = builder;
  states.push({ kind: 'matched' });
  const first = builder.build(node, 0, true);
  const start = builder.loop(() => builder.read(named.all, states.length - 1), first);
  const { exact } = builder;
  return wanted ? { ...layered({ states, start, exact }, wanted) } : { states, start, exact };
}

class Builder {
  readonly states: State[] = [];
  exact = true;
  private readonly group: number;
  private inside: boolean;

  constructor(group: number) {
    this.group = group;
    this.inside = false;
  }

  /** The state from which `node` and then `next` is read. `last`: nothing follows that reads or looks. */
  build(node: Node, next: number, last: boolean): number {
    switch (node.kind) {
      case 'set':
        return this.read(node.bytes, next);
      case 'sequence':
        return this.sequence(node.parts, next, last);
      case 'choice':
        return this.fork(node.parts.map((part) => this.build(part, next, last)));
      case 'group':
        return this.captured(node, next, last);
      case 'repeat':
        return this.repeat(node, next, last);
      case 'anchor':
        return this.anchor(node.what, next, last);
      case 'look':
        this.exact = false;
        return next;
      default:
        return bug(`no machine reads ${node.kind}`);
    }
  }

  read(bytes: ByteSet, next: number): number {
    return this.push({ kind: 'read', bytes, next, inside: this.inside });
  }

  /** `body` any number of times (it leads back to the state pushed before it), then `next`. */
  loop(body: () => number, next: number): number {
    const state = { kind: 'fork' as const, next: [] as readonly number[], opens: false, loops: true as const };
    const at = this.push(state);
    state.next = [body(), next];
    return at;
  }

  private push(state: State): number {
    return this.states.push(state) - 1;
  }

  private fork(next: readonly number[], opens = false): number {
    return this.push({ kind: 'fork', next, opens });
  }

  private sequence(parts: readonly Node[], next: number, last: boolean): number {
    let at = next;
    let isLast = last;
    for (const part of parts.toReversed()) {
      at = this.build(part, at, isLast);
      isLast &&= !acts(part);
    }
    return at;
  }

  private captured({ number, body }: Extract<Node, { kind: 'group' }>, next: number, last: boolean): number {
    if (number === 0 || number !== this.group) return this.build(body, next, last);
    this.inside = true;
    const first = this.build(body, next, last);
    this.inside = false;
    return this.fork([first], true);
  }

  private repeat({ min, max, body }: Extract<Node, { kind: 'repeat' }>, next: number, last: boolean): number {
    const few = (max === Infinity ? min : max) <= mostCopies && this.states.length < mostStates;
    if (!few) this.exact = false;
    const least = few ? min : Math.min(min, 1);
    const lastTurn = last && !acts(body);
    let at = next;
    if (max === Infinity || !few) at = this.unending(body, next, lastTurn);
    else for (let turn = min; turn < max; turn++) at = this.fork([this.build(body, at, lastTurn), next]);
    for (let turn = 0; turn < least; turn++) at = this.build(body, at, lastTurn);
    return at;
  }

  private unending(body: Node, next: number, last: boolean): number {
    const at = this.states.length;
    return this.loop(() => this.build(body, at, last), next);
  }

  /** `$` also holds before a last line feed, which it does not read; where something follows, it is left out. */
  private anchor(what: Extract<Node, { kind: 'anchor' }>['what'], next: number, last: boolean): number {
    if (what === 'start') return this.push({ kind: 'at', what: 'start', next });
    if (what === 'boundary' || what === 'not-boundary' || (what === 'end' && !last)) {
      this.exact = false;
      return next;
    }
    const end = this.push({ kind: 'at', what: 'end', next });
    if (what === 'very-end') return end;
    return this.fork([end, this.read(setOf('\n'), end)]);
  }
}

/** True when it can read a byte, or looks at where it is. */
function acts(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts.some(acts);
    case 'group':
    case 'repeat':
      return acts(node.body);
    default:
      return true;
  }
}

/**
 * One copy of the machine for each byte of the wanted text: copy 0 has not begun with it, copy `n` has to read its
 * byte `n` next and inside the group, the last copy has read all of it, and only that one can match.
 */
function layered({ states, start, exact }: Automaton, { text, where }: Wanted): Automaton {
  const count = states.length;
  const done = text.length + 1;
  const extra: State[] = [];
  const layers: State[] = [];
  const keep = (state: State): number => count * (done + 1) + extra.push(state) - 1;
  for (let layer = 0; layer <= done; layer++) {
    const shift = (id: number) => id + layer * count;
    for (const [id, state] of states.entries()) layers.push(copy(state, id, layer, shift));
  }
  return { states: [...layers, ...extra], start, exact };

  function copy(state: State, id: number, layer: number, shift: (id: number) => number): State {
    if (state.kind === 'at') return { ...state, next: shift(state.next) };
    if (state.kind === 'matched') return layer === done ? state : { kind: 'fork', next: [], opens: false };
    if (state.kind === 'fork') {
      const next = state.next.map(shift);
      const begins = layer === 0 && state.opens && where === 'start';
      return { ...state, next: begins ? [...next, ...state.next.map((to) => to + count)] : next };
    }
    const moved: State = { ...state, next: shift(state.next) };
    if (layer === done) return moved;
    if (layer > 0) return wantedByte(state, text.charCodeAt(layer - 1), shift(state.next) + count);
    return state.inside && where === 'anywhere' ? { kind: 'fork', next: [keep(moved), id + count], opens: false } : moved;
  }
}

function wantedByte({ bytes, inside }: Extract<State, { kind: 'read' }>, byte: number, next: number): State {
  if (!inside || bytes[byte] !== 1) return { kind: 'fork', next: [], opens: false };
  return { kind: 'read', bytes: setOf(String.fromCharCode(byte)), next, inside };
}
