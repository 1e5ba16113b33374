import { bug } from '../base/bug.ts';
import { type Anchor, childrenOf, type Node, type RareNode } from './ast.ts';
import { named } from './byte-set.ts';

/** Goes on behind a position; true when the rest matches. */
type Then = (at: number) => boolean;
/** Tries to match at a position, and `then` behind it, in all ways. */
type Step = (at: number, then: Then) => boolean;

/** PCRE's match limit (MATCH_LIMIT): more steps are an error, which nginx takes for no match. */
const mostSteps = 10_000_000;

/** Leaves the search; never leaves this file. */
class LimitReached extends Error {}

/**
 * Runs a pattern as pcre2_match() does: from left to right with backtracking, captures that outlive the turns of a loop,
 * atomic groups, recursion. Made for what native regular expressions cannot say.
 */
export class TreeMatcher {
  private readonly whole: Step;
  private readonly groups: number;
  private readonly names: ReadonlyMap<string, number>;
  private readonly bodies = new Map<number, Step>();
  private readonly calls: { readonly group: number; readonly at: number }[] = [];
  private subject = '';
  /** Start and end of each group, -1 when it took no part; the end of the whole is known last. */
  private ends: number[] = [];
  private keptAt = -1;
  private steps = 0;

  constructor(root: Node, groups: number, names: ReadonlyMap<string, number>) {
    this.groups = groups;
    this.names = names;
    this.whole = this.compile(root);
    this.bodies.set(0, this.whole);
  }

  test(subject: string): boolean {
    return this.exec(subject) !== null;
  }

  /** The whole match and the groups, as RegExp gives them; null when nothing matches or a limit is reached. */
  exec(subject: string): readonly (string | undefined)[] | null {
    this.subject = subject;
    this.steps = 0;
    try {
      for (let from = 0; from <= subject.length; from++) {
        const end = this.matchAt(from);
        if (end >= 0) return this.result(from, end);
      }
    } catch (error) {
      if (!(error instanceof LimitReached) && !(error instanceof RangeError)) throw error;
    }
    return null;
  }

  private matchAt(from: number): number {
    this.ends = new Array<number>(2 * (this.groups + 1)).fill(-1);
    this.keptAt = -1;
    this.calls.length = 0;
    let end = -1;
    this.whole(from, (at) => {
      end = at;
      return true;
    });
    return end;
  }

  private result(from: number, end: number): (string | undefined)[] {
    const start = this.keptAt >= 0 ? this.keptAt : from;
    const groups = Array.from({ length: this.groups }, (_, index) => this.captured(index + 1));
    return [this.subject.slice(start, Math.max(start, end)), ...groups];
  }

  private captured(group: number): string | undefined {
    const start = this.ends[2 * group] as number;
    return start < 0 ? undefined : this.subject.slice(start, this.ends[2 * group + 1]);
  }

  private numberOf(group: number | string): number {
    return typeof group === 'number' ? group : (this.names.get(group) ?? bug(`no group is called ${group}`));
  }

  private compile(node: Node): Step {
    switch (node.kind) {
      case 'set':
        return (at, then) => at < this.subject.length && node.bytes[this.subject.charCodeAt(at)] === 1 && then(at + 1);
      case 'sequence':
        return this.sequence(node.parts.map((part) => this.compile(part)));
      case 'choice': {
        const ways = node.parts.map((part) => this.compile(part));
        return (at, then) => this.counted() && ways.some((way) => way(at, then));
      }
      case 'group':
        return this.group(node.number, this.compile(node.body));
      case 'repeat':
        return node.body.kind === 'set' ? this.bytes(node, node.body.bytes) : this.repeat(node, this.compile(node.body));
      case 'look':
        return this.look(node);
      case 'anchor':
        return (at, then) => this.holds(node.what, at) && then(at);
      default:
        return this.compileRare(node);
    }
  }

  private compileRare(node: RareNode): Step {
    switch (node.kind) {
      case 'atomic':
        return this.atomic(this.compile(node.body));
      case 'same':
        return this.same(this.numberOf(node.group), node.caseless);
      case 'call':
        return this.call(this.numberOf(node.group));
      case 'keep':
        return (at, then) => {
          const before = this.keptAt;
          this.keptAt = at;
          if (then(at)) return true;
          this.keptAt = before;
          return false;
        };
      case 'line':
        return (at, then) => this.isLineEdge(at, node.end) && then(at);
      case 'conditional':
        return this.conditional(node);
    }
  }

  private counted(): true {
    if (++this.steps > mostSteps) throw new LimitReached();
    return true;
  }

  private sequence(parts: readonly Step[]): Step {
    const from =
      (index: number, then: Then): Then =>
      (at) => {
        const part = parts[index];
        return part ? part(at, index + 1 < parts.length ? from(index + 1, then) : then) : then(at);
      };
    return (at, then) => from(0, then)(at);
  }

  private group(number: number, body: Step): Step {
    if (number === 0) return body;
    const step: Step = (at, then) =>
      body(at, (end) => {
        const [start, stop] = [this.ends[2 * number] as number, this.ends[2 * number + 1] as number];
        this.ends[2 * number] = at;
        this.ends[2 * number + 1] = end;
        if (then(end)) return true;
        this.ends[2 * number] = start;
        this.ends[2 * number + 1] = stop;
        return false;
      });
    this.bodies.set(number, step);
    return step;
  }

  /** A run of bytes of one set, without a call for each. */
  private bytes({ min, max, lazy }: Extract<Node, { kind: 'repeat' }>, set: Uint8Array): Step {
    return (at, then) => {
      const { subject } = this;
      const most = Math.min(subject.length, at + max);
      let end = at;
      const takes = () => end < most && set[subject.charCodeAt(end)] === 1;
      while (end - at < (lazy ? min : max) && takes()) end++;
      if (end - at < min) return false;
      if (lazy) {
        while (!(this.counted() && then(end))) {
          if (!takes()) return false;
          end++;
        }
        return true;
      }
      for (; end - at >= min; end--) if (this.counted() && then(end)) return true;
      return false;
    };
  }

  /** Turns past the least one end a loop without bound when they match nothing (OP_KETRMAX). */
  private repeat({ min, max, lazy }: Extract<Node, { kind: 'repeat' }>, body: Step): Step {
    const turn = (done: number, at: number, then: Then): boolean => {
      this.counted();
      const again = () =>
        done < max &&
        body(at, (end) => {
          const isLast = max === Infinity && end === at && done + 1 >= min;
          return isLast ? then(end) : turn(done + 1, end, then);
        });
      if (done < min) return again();
      return lazy ? then(at) || again() : again() || then(at);
    };
    return (at, then) => turn(0, at, then);
  }

  private atomic(body: Step): Step {
    return (at, then) => {
      const before = this.save();
      let end = -1;
      const first = (stop: number) => {
        end = stop;
        return true;
      };
      if (body(at, first) && then(end)) return true;
      this.restore(before);
      return false;
    };
  }

  private look({ behind, negative, body }: Extract<Node, { kind: 'look' }>): Step {
    const ways = behind && body.kind === 'choice' ? body.parts : [body];
    const steps = ways.map((way) => ({ step: this.compile(way), back: behind ? lengthOf(way) : 0 }));
    const matches = (at: number) => steps.some(({ step, back = 0 }) => at >= back && step(at - back, () => true));
    return (at, then) => {
      const before = this.save();
      const found = matches(at);
      if (negative) this.restore(before);
      if (found !== negative && then(at)) return true;
      this.restore(before);
      return false;
    };
  }

  private same(group: number, caseless: boolean): Step {
    return (at, then) => {
      const text = this.captured(group);
      if (text === undefined) return false;
      const here = this.subject.slice(at, at + text.length);
      return (here === text || (caseless && lowered(here) === lowered(text))) && then(at + text.length);
    };
  }

  /** What was captured inside is forgotten; the same call at the same place would never end (PCRE2_ERROR_RECURSELOOP). */
  private call(group: number): Step {
    return (at, then) => {
      this.counted();
      const body = this.bodies.get(group) ?? bug(`group ${group} has no body`);
      if (this.calls.some((call) => call.group === group && call.at === at)) throw new LimitReached();
      const before = this.save().ends;
      this.calls.push({ group, at });
      const matched = body(at, (end) => {
        const inner = this.ends;
        const call = this.calls.pop() as { group: number; at: number };
        this.ends = [...before];
        if (then(end)) return true;
        this.ends = inner;
        this.calls.push(call);
        return false;
      });
      if (!matched) this.calls.pop();
      return matched;
    };
  }

  private conditional({ test, yes, no }: Extract<Node, { kind: 'conditional' }>): Step {
    const [left, right] = [this.compile(yes), this.compile(no)];
    if (test === 'never') return right;
    if (typeof test !== 'object') {
      const group = this.numberOf(test);
      return (at, then) => ((this.ends[2 * group] as number) >= 0 ? left : right)(at, then);
    }
    const look = this.compile(test);
    return (at, then) => {
      const before = this.save();
      const holds = look(at, () => true);
      if ((holds ? left : right)(at, then)) return true;
      this.restore(before);
      return false;
    };
  }

  private holds(what: Anchor, at: number): boolean {
    const { length } = this.subject;
    switch (what) {
      case 'start':
        return at === 0;
      case 'very-end':
        return at === length;
      case 'end':
        return at === length || (at === length - 1 && this.subject.endsWith('\n'));
      default:
        return (this.isWord(at - 1) !== this.isWord(at)) === (what === 'boundary');
    }
  }

  private isLineEdge(at: number, end: boolean): boolean {
    const { subject } = this;
    if (end) return at === subject.length || subject[at] === '\n';
    return at === 0 || (subject[at - 1] === '\n' && at < subject.length);
  }

  private isWord(at: number): boolean {
    return named.word[this.subject.charCodeAt(at)] === 1;
  }

  private save(): { readonly ends: readonly number[]; readonly keptAt: number } {
    return { ends: [...this.ends], keptAt: this.keptAt };
  }

  private restore({ ends, keptAt }: { readonly ends: readonly number[]; readonly keptAt: number }): void {
    this.ends = [...ends];
    this.keptAt = keptAt;
  }
}

function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** How many bytes a part of a lookbehind matches; undefined when that is not always the same. */
export function lengthOf(node: Node): number | undefined {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'look':
    case 'anchor':
    case 'line':
    case 'keep':
      return 0;
    case 'repeat': {
      const one = lengthOf(node.body);
      return node.min === node.max && one !== undefined ? one * node.min : undefined;
    }
    case 'choice': {
      const lengths = new Set(node.parts.map(lengthOf));
      return lengths.size === 1 ? [...lengths][0] : undefined;
    }
    case 'sequence':
    case 'group':
    case 'atomic':
      return childrenOf(node).reduce<number | undefined>((sum, part) => {
        const length = lengthOf(part);
        return sum === undefined || length === undefined ? undefined : sum + length;
      }, 0);
    default:
      return undefined;
  }
}
