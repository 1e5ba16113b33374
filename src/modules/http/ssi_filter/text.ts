import type { Page } from './page.ts';

/** A text with its variables replaced (ngx_http_ssi_evaluate_string); undefined, and logged, when it is wrong. */
export function evaluated(page: Page, text: string): string | undefined {
  return valueOf(page, text)?.join('');
}

/** The same for a URI: a relative one begins at the directory of the page's. */
export function evaluatedUri(page: Page, text: string): string | undefined {
  const parts = valueOf(page, text);
  if (!parts) return undefined;
  const uri = parts.join('');
  const isRelative = text.includes('$') ? uri !== '' && !uri.startsWith('/') : !text.startsWith('/');
  return isRelative ? page.r.uri.slice(0, page.r.uri.lastIndexOf('/') + 1) + uri : uri;
}

function valueOf(page: Page, text: string): string[] | undefined {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '$') {
      const end = endOfLiteral(text, at);
      parts.push(unquoted(text.slice(at, end)));
      at = end;
      continue;
    }
    const isBraced = text[at + 1] === '{';
    const [name = ''] = /^[A-Za-z0-9_]*/.exec(text.slice(at + (isBraced ? 2 : 1))) ?? [];
    at += name.length + (isBraced ? 2 : 1);
    if (at === text.length && name === '') return invalid(page, text);
    if (isBraced && text[at++] !== '}') {
      page.log(`the closing bracket in "${name}" variable is missing`);
      return undefined;
    }
    if (name === '') return invalid(page, text);
    parts.push(page.variable(name) ?? '');
  }
  return parts;
}

function invalid(page: Page, text: string): undefined {
  page.log(`invalid variable name in "${text}"`);
}

/** The next `$` that no backslash stands before. */
function endOfLiteral(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '$') return at;
  }
  return text.length;
}

/** A backslash goes before `\`, `'`, `"` and `$`, and at the end; it stays before anything else. */
function unquoted(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.?)/gs, (both, sign: string) => (isQuotable(sign) ? sign : both)) : text;
}

function isQuotable(sign: string): boolean {
  return sign === '' || sign === '\\' || sign === "'" || sign === '"' || sign === '$';
}
