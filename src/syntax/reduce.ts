import { LeftBrace, RawBlock, RightBrace, Semicolon, type Token, Word } from '../../grammar/tokens.ts';
import { quoteOf, valueOf } from '../../grammar/words.ts';
import { asBlock, asSimple, type Shapes, unknown } from './shapes.ts';
import { isBalanced } from './tree-builder.ts';
import type { Meaning } from './vocabulary.ts';

/** What recovery looks at of a long file. */
export interface Reduced {
  readonly tokens: readonly Token[];
  /** Where it stops looking: behind that offset only braces are counted. */
  readonly end: number;
}

/** One open block. */
interface Level {
  readonly name: string;
  readonly args: number;
  /** Where its statement starts among the kept tokens, and its inside. */
  readonly start: number;
  readonly inside: number;
  readonly lead: string;
  readonly line: number;
  readonly run: Run;
  /** Nothing in it is doubtful. */
  sound: boolean;
  /** All its statements start lines, one below the other, deeper than its own. */
  strict: boolean;
  childLead: string | null;
  /** Contexts in which everything in it may stand. */
  contexts: number;
}

/** Neighbours that are alike: sound, one below the other, and at home in one context. */
interface Run {
  lead: string;
  contexts: number;
  readonly starts: number[];
}

const anywhere = -1;
/** Of neighbours that are alike, so many are kept at either end. */
const keptAtEnds = 24;
const mostTokens = 100_000;

/**
 * Leaves out of a long file what a lost brace or semicolon cannot have touched: the inside of blocks that are
 * sound by their layout, or by what may stand in them, and the middle of long rows of such blocks and lines.
 * What is left reads like a shorter file with the same damage.
 */
export class Reducer {
  readonly #text: string;
  readonly #shapes: Shapes;
  readonly #kept: Token[] = [];
  readonly #root: Run = { lead: '', contexts: anywhere, starts: [] };
  readonly #levels: Level[] = [];
  #lineStart = 0;
  #lineEnd: number;
  #line = 1;
  #end = Number.POSITIVE_INFINITY;

  constructor(text: string, shapes: Shapes) {
    this.#text = text;
    this.#shapes = shapes;
    this.#lineEnd = text.indexOf('\n');
  }

  /** Takes the next statements; false when it has seen enough. */
  push(tokens: readonly Token[]): boolean {
    for (let at = 0; at < tokens.length; ) {
      if (this.#kept.length > mostTokens) {
        this.#end = tokens[at]?.startOffset ?? 0;
        return false;
      }
      let next = at;
      while (tokens[next]?.tokenType === Word) next++;
      if (tokens[next] && (next === at || tokens[next]?.tokenType !== RightBrace)) next++;
      this.#statement(tokens, at, next);
      at = next;
    }
    return true;
  }

  finish(): Reduced {
    return { tokens: this.#kept, end: this.#end };
  }

  #statement(tokens: readonly Token[], at: number, next: number): void {
    const first = tokens[at];
    const last = tokens[next - 1];
    if (!first || !last) return;
    const start = this.#kept.length;
    const startsLine = this.#goTo(first.startOffset);
    const lead = this.#lead();
    for (let token = at; token < next; token++) this.#kept.push(tokens[token] ?? first);
    if (first.tokenType === RightBrace) this.#close(start, startsLine, lead);
    else if (first.tokenType !== Word || last.tokenType === Word) this.#unsound();
    else {
      this.#child(startsLine, lead);
      const name = valueOf(first.image);
      const args = next - at - 2;
      const line = this.#line;
      const sound = this.#isSound(tokens, at, next, name);
      if (!sound) this.#unsound();
      if (last.tokenType === LeftBrace) this.#open({ name, args, start, lead, line, sound });
      else this.#item(start, lead, sound ? this.#contextsOf(name, args, last.tokenType === RawBlock) : 0);
    }
  }

  /** A statement that ends as its name demands, with no other name at the start of a later line, nor too many arguments. */
  #isSound(tokens: readonly Token[], at: number, next: number, name: string): boolean {
    const last = tokens[next - 1];
    const first = tokens[at];
    if (!first || !last) return false;
    const shape = this.#shapes.of(name);
    const wanted = last.tokenType === Semicolon ? asSimple : asBlock;
    if (shape !== unknown && !(shape & wanted)) return false;
    if (last.tokenType === RawBlock) return isBalanced(last.image, name);
    for (let token = at; token < next - 1; token++) if (isStrayQuote(tokens[token]?.image ?? '')) return false;
    const isOneLine = this.#lineEnd < 0 || last.startOffset < this.#lineEnd;
    const count = next - at - 2;
    if (isOneLine && (count < 2 || count <= this.#shapes.mostArguments(name))) return true;
    for (let token = at + 1; token < next - 1; token++) {
      const word = tokens[token];
      if (!word || this.#shapes.of(word.image) !== unknown) return false;
      if (!isOneLine && this.#isData() && this.#goTo(word.startOffset)) return false;
    }
    return true;
  }

  #isData(): boolean {
    const level = this.#levels.at(-1);
    return level !== undefined && this.#shapes.isData(level.name);
  }

  #contextsOf(name: string, args: number, block: boolean): number {
    const meanings = this.#meanings(name);
    if (this.#isData()) return block || (meanings.length && name !== 'include') ? 0 : anywhere;
    if (!meanings.length) return anywhere;
    return meanings
      .filter(({ min, max, block: kind }) => (kind !== 'none') === block && args >= min && args <= max)
      .reduce((contexts, meaning) => contexts | meaning.contexts, 0);
  }

  #meanings(name: string): readonly Meaning[] {
    return this.#shapes.of(name) === unknown ? [] : this.#shapes.vocabulary.meanings(name);
  }

  #child(startsLine: boolean, lead: string): void {
    const level = this.#levels.at(-1);
    if (!level?.strict) return;
    level.childLead ??= lead;
    const deeper = lead.length > level.lead.length && lead.startsWith(level.lead);
    if (!startsLine || !deeper || lead !== level.childLead) level.strict = false;
  }

  #open(opened: Pick<Level, 'name' | 'args' | 'start' | 'lead' | 'line' | 'sound'>): void {
    const run = { lead: '', contexts: anywhere, starts: [] };
    const inside = this.#kept.length;
    this.#levels.push({ ...opened, inside, run, strict: true, childLead: null, contexts: anywhere });
  }

  #close(at: number, startsLine: boolean, lead: string): void {
    const level = this.#levels.pop();
    const brace = this.#kept[at];
    if (!level || !brace) {
      this.#unsound();
      return;
    }
    const isBelow = startsLine ? lead === level.lead : this.#line === level.line;
    const contexts = level.sound && isBelow ? this.#contextsAround(level) : 0;
    if (contexts) {
      this.#kept.length = level.inside;
      this.#kept.push(brace);
    } else this.#unsound();
    this.#item(level.start, level.lead, contexts);
  }

  /** Contexts in which a block may stand, given what it holds. */
  #contextsAround({ name, args, strict, contexts: inside }: Level): number {
    if (this.#isData()) return 0;
    const meanings = this.#meanings(name);
    if (!meanings.length) return anywhere;
    let around = 0;
    for (const meaning of meanings) {
      const { block, contexts, min, max } = meaning;
      if (block === 'none') continue;
      if (strict) around |= contexts;
      else if (args < min || args > max) continue;
      else if (block === 'data') around |= inside === anywhere ? contexts : 0;
      else
        for (let rest = contexts; rest; rest &= rest - 1) {
          const bit = rest & -rest;
          const opened = meaning.opens(bit);
          if (!opened || opened & inside) around |= bit;
        }
    }
    return around;
  }

  /** A statement or a whole block has been read: part of a row, or doubtful. */
  #item(start: number, lead: string, contexts: number): void {
    const level = this.#levels.at(-1);
    if (level) level.contexts &= contexts;
    const run = level?.run ?? this.#root;
    if (!contexts) run.starts.length = 0;
    else if (run.lead === lead && run.contexts & contexts) run.contexts &= contexts;
    else {
      run.lead = lead;
      run.contexts = contexts;
      run.starts.length = 0;
    }
    if (contexts) run.starts.push(start);
    if (run.starts.length > 4 * keptAtEnds) this.#shorten(run);
  }

  #shorten({ starts }: Run): void {
    const from = starts[keptAtEnds] ?? 0;
    const to = starts[starts.length - keptAtEnds] ?? 0;
    this.#kept.copyWithin(from, to);
    this.#kept.length -= to - from;
    starts.splice(keptAtEnds, starts.length - 2 * keptAtEnds);
    for (let at = keptAtEnds; at < starts.length; at++) starts[at] = (starts[at] ?? 0) - (to - from);
  }

  #unsound(): void {
    const level = this.#levels.at(-1);
    if (level) level.sound = false;
    (level?.run ?? this.#root).starts.length = 0;
  }

  /** Goes on to the line of an offset; true when nothing but blanks stands before it there. */
  #goTo(offset: number): boolean {
    while (this.#lineEnd >= 0 && this.#lineEnd < offset) {
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#text.indexOf('\n', this.#lineStart);
      this.#line++;
    }
    return this.#lineStart + this.#leadLength() >= offset;
  }

  #lead(): string {
    return this.#text.slice(this.#lineStart, this.#lineStart + this.#leadLength());
  }

  #leadLength(): number {
    let at = this.#lineStart;
    while (this.#text.charCodeAt(at) === 0x20 || this.#text.charCodeAt(at) === 0x09) at++;
    return at - this.#lineStart;
  }
}

function isStrayQuote(image: string): boolean {
  const last = image.charCodeAt(image.length - 1);
  return (last === 0x22 || last === 0x27) && quoteOf(image) === '';
}
