import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { PlanContext } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpRewrite } from './directives.ts';

/**
 * Plans a test of a pattern; undefined, and reported, when it cannot be run. One that fails takes the captures of the one
 * before along; `rewrite_log` tells how each went (ngx_http_script_regex_start_code).
 */
export function planMatching(
  pattern: string,
  caseless: boolean,
  directive: ConfigDirective,
  at: PlanContext,
): ((r: RequestState, subject: string) => boolean) | undefined {
  const matcher = at.regex(pattern, caseless, directive);
  if (!matcher) return undefined;
  const { log } = at.settings(httpRewrite);
  return (r, subject) => {
    const matches = matcher.matches(r, subject);
    if (!matches) r.captures = null;
    if (log) r.log('notice', `"${pattern}" ${matches ? 'matches' : 'does not match'} "${subject}"`);
    return matches;
  };
}
