/**
 * The value of a word as it stands in the text: its quotes taken away, its escapes read.
 * Follows the copying loop of ngx_conf_read_token: `\"` `\'` `\\` lose the backslash, `\t` `\r` `\n` become
 * the control character, every other backslash stays.
 */
export function valueOf(image: string): string {
  const inside = isQuoted(image) ? image.slice(1, isClosed(image) ? -1 : undefined) : image;
  return inside.indexOf('\\') < 0 ? inside : unescape(inside);
}

/** The quote that opens this word, or nothing: nginx takes a quote as one only where a word begins. */
export function quoteOf(image: string): '' | '"' | "'" {
  const first = image.charCodeAt(0);
  if (first === 0x22) return '"';
  return first === 0x27 ? "'" : '';
}

/** Whether a quoted word has its closing quote; a word without quotes is always closed. */
export function isClosed(image: string): boolean {
  if (!isQuoted(image)) return true;
  const last = image.length - 1;
  if (last < 1 || image.charCodeAt(last) !== image.charCodeAt(0)) return false;
  let backslashes = 0;
  while (image.charCodeAt(last - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 0;
}

/** Whether nginx lets this byte follow a closing quote: blank, `;`, `{` or `)` (need_space in ngx_conf_read_token). */
export function mayFollowQuote(byte: string): boolean {
  return byte === '' || ' \t\r\n;{)'.includes(byte);
}

/** Writes a value so that nginx reads it back unchanged: bare where that is possible, else in double quotes. */
export function wordFor(value: string): string {
  if (/^[^\s;{}#"'\\$][^\s;{\\]*$/.test(value) && !/[\t\r\n ]/.test(value)) return value;
  const escaped = value
    .replace(/(\\(?=["'\\trn]|$)|")/g, '\\$1')
    .replace(/\t/g, '\\t')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n');
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' };

function unescape(inside: string): string {
  let value = '';
  let from = 0;
  for (let at = inside.indexOf('\\'); at >= 0; at = inside.indexOf('\\', at)) {
    const replaced = escapes[inside.charAt(at + 1)];
    if (replaced === undefined) {
      at += 1;
      continue;
    }
    value += inside.slice(from, at) + replaced;
    at += 2;
    from = at;
  }
  return value + inside.slice(from);
}

function isQuoted(image: string): boolean {
  const first = image.charCodeAt(0);
  return first === 0x22 || first === 0x27;
}
