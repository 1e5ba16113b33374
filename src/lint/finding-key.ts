import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { structuralPath } from '../syntax/structural-path.ts';
import type { File } from '../syntax/tree.ts';

/** What makes a finding the same one as before, wherever its lines have moved. */
export interface FindingKey {
  readonly rule: string;
  /** See `structuralPath`; empty for a file that has no tree. */
  readonly path: string;
  /** The message without its numbers and quoted words: values may change, the complaint stays. */
  readonly kind: string;
}

/** The key of a finding in the file that it lies in. */
export function findingKey({ rule, message, span }: Diagnostic, file: File | undefined): FindingKey {
  const kind = message.replace(/"[^"]*"/g, '"…"').replace(/\b\d[\w.:%]*/g, '#');
  return { rule, path: file ? structuralPath(file, span.start) : '', kind };
}

/** The key in one string, for maps. */
export function keyText({ rule, path, kind }: FindingKey): string {
  return `${rule}\n${path}\n${kind}`;
}
