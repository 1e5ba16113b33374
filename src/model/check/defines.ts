import * as say from '../../diagnostics/nginx-messages.ts';
import type { Call } from './run.ts';
import { addVariable } from './variables.ts';

/** `$name`, which this block defines; false (and said so) when nginx does not take it. */
export function definesVariable(call: Call, arg: number): boolean {
  const name = call.arg(arg);
  if (!name.startsWith('$')) {
    call.fail(say.invalidVariable(name), arg, 'map-geo-invalid');
    return false;
  }
  return addVariable(call, name.slice(1), arg);
}
