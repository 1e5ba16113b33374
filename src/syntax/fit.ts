import type { Frame, Holds, Opening } from './frame.ts';
import type { Statement } from './statement.ts';
import type { Meaning, Opener, Vocabulary } from './vocabulary.ts';

/** How badly something fits; an edit costs ten. */
export type Cost = number;

const misplaced = 12;
const wrongShape = 13;
const wrongCount = 6;
const strange = 4;

/** How well statements suit the blocks in which the search tries them: what the vocabulary knows. */
export class Fit {
  readonly #vocabulary: Vocabulary;
  readonly #openers = new Map<number, readonly Opener[]>();
  readonly #meanings = new Map<string, readonly Meaning[]>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** How badly `name` with that many arguments, simple or opening a block, suits the inside of `frame`. */
  cost(frame: Frame, name: string, args: number, block: boolean): Cost {
    const { holds, context } = frame.opening;
    if (holds === 'unknown') return 0;
    const meanings = this.meanings(name);
    if (holds === 'data') return dataCost(frame, name, args, block, meanings);
    if (!meanings.length) return strange;
    const here = meanings.filter((meaning) => meaning.contexts & context);
    if (!here.length) return misplaced;
    const shaped = here.filter((meaning) => (meaning.block !== 'none') === block);
    if (!shaped.length) return wrongShape;
    return shaped.some(({ min, max }) => args >= min && args <= max) ? 0 : wrongCount;
  }

  /** Whether the frame is the outermost context. */
  isMain(frame: Frame): boolean {
    return frame.opening.context === this.#vocabulary.main;
  }

  /** Whether a name may stand in the frame in that shape. */
  allows(frame: Frame, name: string, block: boolean): boolean {
    return this.meanings(name).some(
      (meaning) => meaning.contexts & frame.opening.context && (meaning.block !== 'none') === block,
    );
  }

  /** Whether a name opens a block anywhere. */
  opensBlock(name: string): boolean {
    return this.meanings(name).some(({ block }) => block !== 'none');
  }

  /** What the block that this statement opens in `frame` holds. */
  opening(frame: Frame, statement: Statement): Opening {
    const meanings = this.meanings(statement.name).filter(({ block }) => block !== 'none');
    const meaning = meanings.find(({ contexts }) => contexts & frame.opening.context) ?? meanings[0];
    const context = meaning
      ? meaning.opens(meaning.contexts & frame.opening.context ? frame.opening.context : lowestBit(meaning.contexts))
      : 0;
    const { at, name, place } = statement;
    return { name, context, holds: holding(meaning, context), at, supposed: false, line: place.line, indent: place.indent };
  }

  /** The opening lines that may have been lost in a frame. */
  openers(frame: Frame): readonly Opener[] {
    const { context, holds } = frame.opening;
    if (holds !== 'directives') return [];
    let openers = this.#openers.get(context);
    if (!openers) {
      openers = [...this.#vocabulary.openers(context), ...this.#dataOpeners(context)];
      this.#openers.set(context, openers);
    }
    return openers;
  }

  /** `map` stands for every block of free lines: its rows are the ones most often orphaned. */
  #dataOpeners(context: number): readonly Opener[] {
    const map = this.#vocabulary.meanings('map').some(({ contexts, block }) => block === 'data' && contexts & context);
    return map ? [{ name: 'map', line: 'map $SOURCE $VARIABLE {', opens: 0 }] : [];
  }

  /** Every meaning of a name. */
  meanings(name: string): readonly Meaning[] {
    let meanings = this.#meanings.get(name);
    if (!meanings) {
      meanings = this.#vocabulary.meanings(name);
      if (meanings.length) this.#meanings.set(name, meanings);
    }
    return meanings;
  }
}

function holding(meaning: Meaning | undefined, context: number): Holds {
  if (meaning?.block === 'data') return 'data';
  return context ? 'directives' : 'unknown';
}

function lowestBit(bits: number): number {
  return bits & -bits;
}

/** Lines of `map`, `types` and the like: two words as a rule, seldom a directive's name, never a block. */
function dataCost(frame: Frame, name: string, args: number, block: boolean, meanings: readonly Meaning[]): Cost {
  if (block) return wrongShape;
  if (frame.opening.name === 'types') return name.includes('/') ? 0 : strange * 2;
  if (name === 'default' || name === 'include') return 0;
  return meanings.some(({ block: kind, min, max }) => kind === 'none' && args >= min && args <= max) ? strange : 0;
}
