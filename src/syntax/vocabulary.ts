/**
 * What recovery asks of the vocabulary: which directives may stand where, and what their blocks hold. Contexts
 * are bits of a number; their meaning belongs to `src/schema/contexts.ts`, here they are only compared.
 * `src/model/vocabulary.ts` implements it from the catalog; this room must not know modules.
 */
export interface Vocabulary {
  /** Every meaning of a name, for recovery and for blocks of foreign code; empty when the name is unknown. */
  meanings(name: string): readonly Meaning[];
  /** Every known way to open a block inside `context` that holds directives (`server {`, `location / {` …). */
  openers(context: number): readonly Opener[];
  /** The bit of the outermost context of `nginx.conf`. */
  readonly main: number;
  /** A context's name for people: `http`, `server`, `location` … */
  nameOf(context: number): string;
}

/** One way in which a name may be used. */
export interface Meaning {
  /** Where it may stand: a set of context bits. */
  readonly contexts: number;
  /** Fewest and most arguments; `max` may be Infinity. */
  readonly min: number;
  readonly max: number;
  /** none: ends in `;` · directives: a block of directives · data: a block of free `key value;` lines · raw: foreign code. */
  readonly block: 'none' | 'directives' | 'data' | 'raw';
  /** Whether its first argument may be this one, as far as that shows at its first letters. */
  takes(first: string): boolean;
  /** The context that its block opens when it stands in `context`; 0 when it opens none. */
  opens(context: number): number;
}

/** A block that recovery may suppose where its opening line was lost. */
export interface Opener {
  readonly name: string;
  /** The text of the line, without indentation: `server {`, `upstream NAME {`. */
  readonly line: string;
  readonly opens: number;
}
