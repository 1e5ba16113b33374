import type { Vocabulary } from './vocabulary.ts';

/** Nothing is known about the name. */
export const unknown = 0;
/** The name may end in `;`. */
export const asSimple = 1;
/** The name may open a block. */
export const asBlock = 2;
const asData = 4;

/** Answers, quickly, in which shapes a name may stand; one for each vocabulary. */
export class Shapes {
  readonly vocabulary: Vocabulary;
  readonly #known = new Map<string, number>();
  readonly #most = new Map<string, number>();

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The shapes of a name: bits of `asSimple` and `asBlock`. */
  of(name: string): number {
    let shape = this.#known.get(name);
    if (shape === undefined) {
      shape = this.#read(name);
      if (this.#known.size > 50_000) this.#known.clear();
      this.#known.set(name, shape);
    }
    return shape;
  }

  /** Whether the name opens a block of free lines, as `map` and `types` do. */
  isData(name: string): boolean {
    return (this.of(name) & asData) !== 0;
  }

  /** The most arguments a name takes anywhere; Infinity for an unknown one. */
  mostArguments(name: string): number {
    let most = this.#most.get(name);
    if (most === undefined) {
      const meanings = this.vocabulary.meanings(name);
      most = meanings.length ? Math.max(...meanings.map(({ max }) => max)) : Number.POSITIVE_INFINITY;
      if (this.#most.size > 50_000) this.#most.clear();
      this.#most.set(name, most);
    }
    return most;
  }

  #read(name: string): number {
    let shape = unknown;
    for (const { block } of this.vocabulary.meanings(name)) {
      if (block === 'none') shape |= asSimple;
      else shape |= block === 'data' ? asBlock | asData : asBlock;
    }
    return shape;
  }
}

const byVocabulary = new WeakMap<Vocabulary, Shapes>();

/** The one `Shapes` of a vocabulary. */
export function shapesOf(vocabulary: Vocabulary): Shapes {
  let shapes = byVocabulary.get(vocabulary);
  if (!shapes) {
    shapes = new Shapes(vocabulary);
    byVocabulary.set(vocabulary, shapes);
  }
  return shapes;
}
