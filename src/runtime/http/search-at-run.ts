import { compileRegex } from '../../regex/native.ts';

/** What a search has found: groups by number, the whole match first, null when it does not match; or why it cannot be made. */
export type Search =
  | { readonly captures: readonly (string | undefined)[] | null; readonly names: ReadonlyMap<string, number> }
  | { readonly problem: string };

/** Looks for a pattern that is not in the configuration, as PCRE would (ngx_regex_compile, ngx_regex_exec). */
export function searchAtRun(pattern: string, subject: string): Search {
  const compiled = compileRegex(pattern);
  if ('error' in compiled) return { problem: `pcre2_compile() failed: ${compiled.error} in "${pattern}"` };
  if ('unsupported' in compiled) return { problem: `the regular expression "${pattern}" uses ${compiled.unsupported}` };
  return { captures: compiled.regexp.exec(subject), names: compiled.names };
}
