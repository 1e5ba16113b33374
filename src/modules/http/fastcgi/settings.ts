import type { Reading } from '../../../schema/directive.ts';
import { partsOf } from '../../../schema/values/script.ts';

/** One `fastcgi_param`. */
export interface FastcgiParam {
  readonly name: string;
  readonly value: string;
  readonly ifNotEmpty: boolean;
}

/** ngx_http_upstream_param_set_slot */
export function readParam([name = '', value = '', condition]: readonly string[], at: Reading): FastcgiParam | undefined {
  if (condition !== undefined && condition !== 'if_not_empty') return at.fail(`invalid parameter "${condition}"`, 2);
  const parts = partsOf(value);
  if (typeof parts === 'string') return at.fail(parts, 1);
  return { name, value, ifNotEmpty: condition !== undefined };
}
