import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { File } from '../syntax/tree.ts';
import { defaultFormat, type FormatOptions } from './options.ts';
import { print } from './print.ts';

/** A file as it would be written, or why it is left as it is. */
export type Formatted = { readonly text: string } | { readonly refused: readonly Diagnostic[] };

/**
 * Formats a file. One with errors is refused, for its layout may be all that shows what its author meant; so is a template,
 * whose tags may stand for anything.
 */
export function format(
  { value: file, diagnostics }: { readonly value: File; readonly diagnostics: readonly Diagnostic[] },
  options: FormatOptions = defaultFormat,
): Formatted {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { refused: errors };
  return { text: print(file, options) };
}
