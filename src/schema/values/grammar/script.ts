import * as say from '../../../diagnostics/nginx-messages.ts';

/** What a value with variables refers to. */
export interface Script {
  /** Variables in the order in which they stand, as written. */
  readonly names: readonly string[];
  /** Numbers of captures: `$1` … `$9`. */
  readonly captures: readonly number[];
  /** nginx's words when it cannot read the value; `names` holds what came before. */
  readonly error?: string;
}

const none: Script = { names: [], captures: [] };

/** Reads `$name`, `${name}` and `$1` (ngx_http_script_compile). */
export function scriptOf(text: string): Script {
  let at = text.indexOf('$');
  if (at < 0) return none;
  const names: string[] = [];
  const captures: number[] = [];
  for (; at >= 0; at = text.indexOf('$', at)) {
    const next = text.charAt(++at);
    if (next >= '1' && next <= '9') {
      captures.push(Number(next));
      at++;
      continue;
    }
    const bracket = next === '{';
    if (bracket) at++;
    if (at >= text.length) return { names, captures, error: say.invalidVariableName };
    const name = /^[A-Za-z0-9_]*/.exec(text.slice(at))?.[0] ?? '';
    at += name.length;
    if (bracket && text.charAt(at) !== '}') return { names, captures, error: say.missingClosingBracket(name) };
    if (bracket) at++;
    if (name === '') return { names, captures, error: say.invalidVariableName };
    names.push(name);
  }
  return { names, captures };
}
