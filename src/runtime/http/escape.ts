/*
 * nginx's ways to escape bytes in a URI (ngx_escape_uri). Each keeps different bytes.
 */

/** For a path: control, blank, `"#%<>?\^`{|}` and bytes above 0x7e are escaped. */
export function escapeUri(text: string): string {
  return escapeWith(text, uriBytes);
}

/** For an argument's value: as a path, and `&`, `+`, `;` too. */
export function escapeArgs(text: string): string {
  return escapeWith(text, argsBytes);
}

const uriBytes = tableOf((byte) => byte <= 0x20 || byte >= 0x7f || '"#%<>?\\^`{|}'.includes(String.fromCharCode(byte)));
const argsBytes = tableOf((byte) => uriBytes[byte] === 1 || '&+;'.includes(String.fromCharCode(byte)));
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
