import type { SourceText } from '../base/source-text.ts';

/*
 * The lossless tree of one file. Nodes hold byte offsets into `source.text` and nothing of meaning: names are
 * not looked up here. Whatever lies between nodes is trivia (blanks, comments) or listed in `skipped`;
 * `leaves` (walk.ts) gives every byte back in order.
 */

/** One word as nginx's reader cuts it: `start…end` includes its quotes. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** The value after nginx's own unquoting and unescaping; a byte string. */
  readonly value: string;
  readonly quote: '' | '"' | "'";
  /** True for a word that recovery supposes and the text lacks; its span is empty. */
  readonly recovered?: true;
}

/** `name args… ;` or `name args… { … }`. */
export interface Directive {
  readonly kind: 'directive';
  readonly name: Word;
  readonly args: readonly Word[];
  /** Offset of the `;` or `{`, or -1 when the text lacks it. */
  readonly terminator: number;
  readonly block: Block | null;
  readonly start: number;
  /** Just past the `;` or the closing `}`, or past the last word when both are missing. */
  readonly end: number;
  /** True when recovery supposed this directive (a lost `server {`): rules may look into it, never report on it. */
  readonly recovered?: true;
}

/** The inside of `{ … }`. */
export interface Block {
  /** Offset of `{`, or -1 when recovery supposed it. */
  readonly open: number;
  /** Offset of `}`, or -1 when the text lacks it. */
  readonly close: number;
  readonly directives: readonly Directive[];
  /** Foreign code (Lua, njs): opaque, no directives inside. Offsets of the code between the braces. */
  readonly raw: { readonly start: number; readonly end: number } | null;
}

/** `#` to the end of its line, without the line end. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** Bytes that belong to no node: a stray `}` or `;`, a byte-order mark, a word that nothing ends. */
export interface Skipped {
  readonly start: number;
  readonly end: number;
}

/** What a template engine replaces before nginx reads the file. */
export interface Placeholder {
  readonly start: number;
  readonly end: number;
  /** False when it stands between directives, and may stand for whole ones. */
  readonly inWord: boolean;
}

/** One file. */
export interface File {
  readonly kind: 'file';
  readonly source: SourceText;
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly skipped: readonly Skipped[];
  /** Set when the file is a template: its tags, in order. */
  readonly placeholders?: readonly Placeholder[];
}
