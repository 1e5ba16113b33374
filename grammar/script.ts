/** A piece of a value with variables in it. Offsets count in the value, after unquoting. */
export type ScriptPart =
  | { readonly kind: 'literal'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'variable'; readonly name: string; readonly start: number; readonly end: number; readonly braces: boolean }
  | { readonly kind: 'capture'; readonly index: number; readonly start: number; readonly end: number };

/** A value cut into its parts, or nginx's complaint about it. */
export type Script =
  | { readonly parts: readonly ScriptPart[]; readonly error: null }
  | { readonly parts: readonly ScriptPart[]; readonly error: string; readonly at: number };

/**
 * Cuts `a$b${c}$1` as ngx_http_script_compile does: a digit from 1 to 9 is a capture of one digit, a name goes
 * on through letters, digits and `_`, and a `$` before anything else is an error. `$0` is a variable named `0…`.
 */
export function cutScript(value: string): Script {
  const parts: ScriptPart[] = [];
  for (let at = 0; at < value.length; ) {
    const dollar = value.indexOf('$', at);
    const end = dollar < 0 ? value.length : dollar;
    if (end > at) parts.push({ kind: 'literal', text: value.slice(at, end), start: at, end });
    if (dollar < 0) break;
    const part = partAt(value, dollar);
    if (typeof part === 'string') return { parts, error: part, at: dollar };
    parts.push(part);
    at = part.end;
  }
  return { parts, error: null };
}

const names = /[A-Za-z0-9_]*/y;

function partAt(value: string, start: number): ScriptPart | string {
  const next = value.charAt(start + 1);
  if (next >= '1' && next <= '9') return { kind: 'capture', index: Number(next), start, end: start + 2 };
  const braces = next === '{';
  const from = start + (braces ? 2 : 1);
  if (from >= value.length) return 'invalid variable name';
  names.lastIndex = from;
  const name = names.exec(value)?.[0] ?? '';
  const end = from + name.length;
  if (braces && value.charAt(end) !== '}') return `the closing bracket in "${name}" variable is missing`;
  if (!name) return 'invalid variable name';
  return { kind: 'variable', name, start, end: braces ? end + 1 : end, braces };
}
