import type { Diagnostic, Edit, Fix } from '../diagnostics/diagnostic.ts';

/** A finding before nginx's wording and its fix are settled. */
export interface Draft {
  readonly finding: Diagnostic;
  readonly edits: readonly Edit[];
  readonly title: string;
  readonly safety: Fix['safety'];
}
