import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** nginx's log levels, as far as reading a configuration uses them. */
export type Level = 'crit' | 'emerg' | 'alert' | 'error' | 'warn' | 'notice';

/** Something nginx says while it reads a configuration, in the order in which it would say it. */
export interface Finding extends Diagnostic {
  readonly nginx: string;
  readonly level: Level;
  /** Where nginx says it is: its reader's file and line at that moment. Null: nginx names no place, or names it in the message. */
  readonly at: { readonly file: string; readonly line: number } | null;
  /** True when nginx stops here. */
  readonly stops: boolean;
}

/** The line nginx prints: `nginx: [emerg] … in FILE:LINE`. */
export function printed({ nginx, level, at }: Finding): string {
  const place = at === null ? '' : at.file === '' ? ' in command line' : ` in ${at.file}:${at.line}`;
  return `nginx: [${level}] ${nginx}${place}`;
}
