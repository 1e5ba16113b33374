import type { ConfigDirective } from '../../config/config-tree.ts';
import type { ByteSet } from '../../regex/byte-set.ts';
import type { Language } from '../../regex/language.ts';
import type { Scope, Use } from '../scope.ts';
import type { Origin } from '../variable-contents.ts';

/** Text of the configuration, or what one of nginx's own variables holds. */
export type Atom = { readonly kind: 'text'; readonly text: string } | Held;

/** What is not known before a request. */
export interface Held {
  readonly kind: 'held';
  /** The variable at the end of the way (`uri`, `arg_next`), in lower case; a digit for a numbered group. */
  readonly variable: string;
  readonly origin: Origin;
  /** Which part of the request it is ("the decoded path"); '' where the client does not choose it. */
  readonly part: string;
  /** Every byte that it can hold. */
  readonly bytes: ByteSet;
  /** The group whose text it is. */
  readonly capture?: Capture;
  /** Patterns that its whole text matches where it is used, and such that it does not. */
  readonly always: readonly Language[];
  readonly never: readonly Language[];
}

/** A group of a regular expression, and what that is matched against. */
export interface Capture {
  readonly language: Language;
  readonly group: number;
  readonly subject: readonly Atom[];
}

/** One of the texts that a value can become. */
export interface Expansion {
  readonly atoms: readonly Atom[];
  /** The directives through which its variables got their values, those read first first. */
  readonly via: readonly ConfigDirective[];
}

/** Where a value is read: in a block, and (for directives that run in order) before or in a certain one of them. */
export interface Place {
  readonly scope: Scope;
  readonly before?: Use;
}

/** The text, when nothing in it is decided by a request. */
export function textOf(atoms: readonly Atom[]): string | null {
  let text = '';
  for (const atom of atoms) {
    if (atom.kind !== 'text') return null;
    text += atom.text;
  }
  return text;
}
