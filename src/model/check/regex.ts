import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { checkPattern } from '../../regex/pattern-errors.ts';
import type { Call } from './run.ts';
import { addVariable, useVariable } from './variables.ts';

/** Compiles a pattern and defines the variables of its named groups; false (and said so) when it cannot (ngx_http_regex_compile). */
export function regex(
  call: Call,
  pattern: string,
  arg: number | undefined,
  names: 'defines' | 'plain' = 'defines',
  directive: ConfigDirective = call.directive,
): { groups: number } | null {
  const { error, groups, names: found } = checkPattern(pattern);
  if (error) {
    const write = call.since('1.21.5') ? say.regexFailed : say.regexFailedBefore2;
    call.log('emerg', write(error.message, pattern, pattern.slice(error.offset)), { arg, directive, rule: 'invalid-regex' });
    return null;
  }
  if (names === 'plain') return { groups };
  for (const name of found) {
    if (!addVariable(call, name, arg, directive)) return null;
    useVariable(call, name, arg, directive);
  }
  return { groups };
}
