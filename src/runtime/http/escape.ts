/*
 * nginx's ways to escape bytes in a URI (ngx_escape_uri). Each keeps different bytes.
 */

/** For a path: control, blank, `"#%<>?\^`{|}` and bytes above 0x7e are escaped. */
export function escapeUri(text: string): string {
  return escapeWith(text, uriBytes);
}

/** For a URI in HTML: as a path, `'` too, but not `?`. */
export function escapeUriHtml(text: string): string {
  return escapeWith(text, htmlBytes);
}

/** For the URL of a Refresh: control, blank, `"'<>\^`{|~` and bytes above 0x7e. */
export function escapeRefresh(text: string): string {
  return escapeWith(text, refreshBytes);
}

/** For an argument's value: as a path, and `&`, `+`, `;` too. */
export function escapeArgs(text: string): string {
  return escapeWith(text, argsBytes);
}

/** For one part of a path or argument: all but letters, digits and `-._~` are escaped. */
export function escapeUriComponent(text: string): string {
  return escapeWith(text, componentBytes);
}

/** For a key of memcached: control bytes, blank and `%` are escaped. */
export function escapeMemcached(text: string): string {
  return escapeWith(text, memcachedBytes);
}

/** For text in HTML and XML (ngx_escape_html). */
export function escapeHtml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => entities[sign] as string);
}

/** For a string in JSON, without its quotes; bytes above 0x1f stay as they are (ngx_escape_json). */
export function escapeJson(text: string): string {
  return text.replace(/[\x00-\x1f"\\]/g, jsonEscape);
}

function jsonEscape(sign: string): string {
  return jsonNames[sign] ?? `\\u00${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const jsonNames: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};
const uriBytes = tableOf((byte) => byte <= 0x20 || byte >= 0x7f || '"#%<>?\\^`{|}'.includes(String.fromCharCode(byte)));
const htmlBytes = tableOf((byte) => byte === 0x27 || (uriBytes[byte] === 1 && byte !== 0x3f));
const refreshBytes = tableOf((byte) => byte <= 0x20 || byte >= 0x7f || '"\'<>\\^`{|~'.includes(String.fromCharCode(byte)));
const argsBytes = tableOf((byte) => uriBytes[byte] === 1 || '&+;'.includes(String.fromCharCode(byte)));
const componentBytes = tableOf((byte) => !/[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte)));
const memcachedBytes = tableOf((byte) => byte <= 0x20 || byte === 0x25);
const hex = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);

function tableOf(escaped: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (escaped(byte) ? 1 : 0));
}

function escapeWith(text: string, table: Uint8Array): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    if (!table[byte]) continue;
    out += text.slice(from, at) + hex[byte];
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}
