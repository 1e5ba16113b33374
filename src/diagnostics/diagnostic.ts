import type { SourceText } from '../base/source-text.ts';

/** `error`: nginx refuses it or requests certainly fail; `warning`: very probably not meant; `info`: worth knowing; `hint`: editors only. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Half-open range of byte offsets in one source. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** Another place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** Replace the bytes of `span` by `text` (a byte string); an insertion has an empty span. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** `safe` fixes keep the meaning or repair what nginx refuses in the only possible way; all others are `unsafe`. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}

/** One finding: what is wrong (`message`), why it matters (`why`), what to write (`help`, `fix`). */
export interface Diagnostic {
  /** Kebab-case code, unique and for ever. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why?: string;
  readonly help?: string;
  /** What nginx itself says, word for word, where it says something. */
  readonly nginx?: string;
  readonly span: Span;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** What keeps a finding from being shown: a comment in the configuration. */
export interface Suppression {
  readonly kind: 'comment';
  /** The whole comment. */
  readonly span: Span;
  /** What stands behind `--`. */
  readonly reason?: string;
}

/** A finding that is not shown, and why. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  readonly by: Suppression;
}

/** What every step of the pipeline returns: its value, usable whatever was found, and what was found. */
export interface Checked<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2, hint: 3 };

/** True when `a` is at least as severe as `b`. */
export function atLeast(a: Severity, b: Severity): boolean {
  return order[a] <= order[b];
}

/** Order of presentation: file, place, severity, rule. */
export function bySpan(a: Diagnostic, b: Diagnostic): number {
  if (a.span.source !== b.span.source) return a.span.source.name < b.span.source.name ? -1 : 1;
  return a.span.start - b.span.start || order[a.severity] - order[b.severity] || (a.rule < b.rule ? -1 : 1);
}
