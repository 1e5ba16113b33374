/** A piece of a text with variables. */
export type ScriptPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'capture'; readonly index: number };

const cache = new Map<string, readonly ScriptPart[] | string>();

/**
 * Cuts `text${of}$parts$1` into its parts, or says what nginx says against it (ngx_http_script_compile). A digit
 * after `$` is a capture, names are letters, digits and `_`; they count without regard to case.
 */
export function partsOf(text: string): readonly ScriptPart[] | string {
  let parts = cache.get(text);
  if (parts === undefined) {
    if (cache.size > 10_000) cache.clear();
    cache.set(text, (parts = cut(text)));
  }
  return parts;
}

/** True when the text has variables or captures. */
export function isDynamic(text: string): boolean {
  return text.includes('$');
}

function cut(text: string): readonly ScriptPart[] | string {
  const parts: ScriptPart[] = [];
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar !== at) parts.push({ kind: 'literal', text: text.slice(at, dollar < 0 ? undefined : dollar) });
    if (dollar < 0) break;
    const [whole = '', braced, digit, bare] = /^\$(?:\{([0-9A-Za-z_]*)\}|([1-9])|([0-9A-Za-z_]+))/.exec(text.slice(dollar)) ?? [];
    const name = braced ?? bare ?? '';
    if (digit !== undefined || /^[1-9]$/.test(name)) parts.push({ kind: 'capture', index: Number(digit ?? name) });
    else if (name !== '') parts.push({ kind: 'variable', name: name.toLowerCase() });
    else return complaint(text, dollar);
    at = dollar + whole.length;
  }
  return parts;
}

function complaint(text: string, dollar: number): string {
  if (text[dollar + 1] !== '{' || /^\$\{[0-9A-Za-z_]*\}/.test(text.slice(dollar))) return 'invalid variable name';
  return `the closing bracket in "${/^[0-9A-Za-z_]*/.exec(text.slice(dollar + 2))?.[0]}" variable is missing`;
}
