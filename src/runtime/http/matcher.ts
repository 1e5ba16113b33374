import type { CompiledRegex } from '../../regex/native.ts';
import type { Matcher } from '../hooks.ts';
import type { Request } from './request.ts';

/** Runs a regular expression for requests: captures go to `r.captures`, named groups to variables (ngx_http_regex_exec). */
export function matcherOf({ regexp, groups, names }: CompiledRegex, settable: (name: string) => number): Matcher {
  const named = [...names].map(([name, group]) => ({ group, index: settable(name) }));
  return {
    groups,
    matches(r: Request, subject: string): boolean {
      const match = regexp.exec(subject);
      if (!match) return false;
      r.captures = match;
      for (const { group, index } of named) r.values[index] = match[group] ?? '';
      return true;
    },
  };
}
