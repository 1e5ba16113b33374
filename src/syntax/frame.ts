/** What a block holds, as far as recovery cares. `unknown`: the block of a directive nobody knows. */
export type Holds = 'directives' | 'data' | 'unknown';

/** What the opening of a block says about its inside. */
export interface Opening {
  readonly name: string;
  readonly context: number;
  readonly holds: Holds;
  /** Position of the opening statement's first token; where a supposed opening belongs; -1 for the file. */
  readonly at: number;
  readonly supposed: boolean;
  /** Line and indentation of the opening statement; -1 where the text does not tell. */
  readonly line: number;
  readonly indent: number;
  /** Of the file as a whole: its blocks are indented. */
  readonly indents?: boolean;
}

/**
 * One open block in the search. Frames are shared: the same opening seen with the same indentation of its
 * children is the same object, so that paths of the search that agree from here on can be merged.
 */
export class Frame {
  readonly parent: Frame | null;
  readonly opening: Opening;
  /** Indentation of the block's children: that of the first one on a line of its own; -1 before it. */
  readonly childIndent: number;
  /** Whether it holds a statement already. */
  readonly filled: boolean;
  readonly depth: number;
  #inner: Map<string | number, Frame> | null = null;
  readonly #variants: Map<number, Frame>;

  constructor(parent: Frame | null, opening: Opening, childIndent = -1, filled = false, variants = new Map<number, Frame>()) {
    this.parent = parent;
    this.opening = opening;
    this.childIndent = childIndent;
    this.filled = filled;
    this.depth = parent ? parent.depth + 1 : 0;
    this.#variants = variants;
    variants.set(filled ? childIndent : -2, this);
  }

  /** The frame of a block opened inside this one. */
  inner(opening: Opening): Frame {
    const key = opening.supposed ? `${opening.name} ${opening.context}` : opening.at;
    this.#inner ??= new Map();
    let frame = this.#inner.get(key);
    if (!frame) {
      frame = new Frame(this, opening);
      this.#inner.set(key, frame);
    }
    return frame;
  }

  /** This frame once it holds a statement, at that indentation if the statement stands on a line of its own. */
  holding(indent: number): Frame {
    if (this.filled && (this.childIndent >= 0 || indent < 0)) return this;
    let frame = this.#variants.get(indent);
    if (!frame) {
      frame = new Frame(this.parent, this.opening, indent, true, this.#variants);
      this.#variants.set(indent, frame);
    }
    return frame;
  }
}
