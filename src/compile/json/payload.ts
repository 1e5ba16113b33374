/*
 * The payload of crossplane (https://github.com/nginxinc/crossplane, "crossplane parse"): the same fields with the same
 * contents, so that programs which read or write one can read or write ours.
 */

/** One directive, or a comment (`directive` is `#`, its text is `comment`). */
export interface Statement {
  /** The file it comes from; only where files are combined. */
  readonly file?: string;
  readonly directive: string;
  /** From 1; 0 or absent in payloads that programs made. */
  readonly line?: number;
  /** Words without their quotes, escapes kept; those of `if` without its parentheses; Lua's code is the last. */
  readonly args: readonly string[];
  /** Of `include`: places of the files in `config`. */
  readonly includes?: readonly number[];
  readonly block?: readonly Statement[];
  /** What stands behind the `#`. */
  readonly comment?: string;
  /** Not of crossplane: the inside of a block of njs. */
  readonly code?: string;
}

/** What is wrong in a file. */
export interface PayloadError {
  readonly error: string;
  readonly line: number | null;
}

/** One file. */
export interface PayloadFile {
  readonly file: string;
  readonly status: 'ok' | 'failed';
  readonly errors: readonly PayloadError[];
  readonly parsed: readonly Statement[];
}

/** A configuration; the first file is where nginx begins. */
export interface Payload {
  readonly status: 'ok' | 'failed';
  readonly errors: readonly (PayloadError & { readonly file: string })[];
  readonly config: readonly PayloadFile[];
}

/** What is left out of a payload, and what is added. */
export interface PayloadOptions {
  /** Comments are statements. */
  readonly comments?: boolean;
  /** One file: the statements of included files stand in place of their `include`. */
  readonly combine?: boolean;
  /** Included files are not read. */
  readonly single?: boolean;
  /** Directives that nobody knows are errors. */
  readonly strict?: boolean;
  /** Names of directives that are left out. */
  readonly ignore?: readonly string[];
  /** Only the first error of each file counts. */
  readonly firstError?: boolean;
  /** Bytes that are not UTF-8 become U+DC80…U+DCFF, as Python's surrogateescape has them, and not U+FFFD. */
  readonly keepBytes?: boolean;
}
