import { cutScript } from '../../../grammar/script.ts';

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
  const { parts, error } = cutScript(text);
  if (error !== null) return error;
  return parts.map((part): ScriptPart => {
    if (part.kind === 'literal') return { kind: 'literal', text: part.text };
    if (part.kind === 'capture') return { kind: 'capture', index: part.index };
    return { kind: 'variable', name: part.name.toLowerCase() };
  });
}
