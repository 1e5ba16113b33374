/** A request's path and arguments after decoding and normalisation. */
export interface NormalUri {
  readonly uri: string;
  readonly args: string;
  /** The path had escapes. */
  readonly quoted: boolean;
}

const percent = 0x25;
const slash = 0x2f;
const dot = 0x2e;
const question = 0x3f;
const hash = 0x23;

/** Where the path stands: inside a segment, behind a slash, behind `/.`, behind `/..`. */
type State = 0 | 1 | 2 | 3;

/**
 * Undoes escapes, `//`, `/./` and `/../` in one pass; undefined when the path is refused (ngx_http_parse_complex_uri).
 * What was escaped takes part in the normalisation, but for `%`, `#` and `?`, which become plain characters.
 */
export function normalUri(raw: string, mergeSlashes: boolean, emptyPath: boolean): NormalUri | undefined {
  const path: number[] = emptyPath ? [slash] : [];
  let state: State = 0;
  let at = 0;
  let args = '';
  let quoted = false;
  for (; at < raw.length; at++) {
    let byte = raw.charCodeAt(at);
    let plain = false;
    if (byte === percent) {
      byte = hexByte(raw, at + 1);
      if (byte <= 0) return undefined;
      at += 2;
      quoted = true;
      plain = byte === percent || byte === hash || byte === question;
    } else if (byte === question || byte === hash) {
      if (byte === question) args = withoutFragment(raw, at + 1);
      break;
    }
    const next: State | undefined = plain ? add(path, byte) : step(path, state, byte, mergeSlashes);
    if (next === undefined) return undefined;
    state = next;
  }
  if (state === 2) path.pop();
  if (state === 3 && !climb(path)) return undefined;
  return { uri: textOf(path), args, quoted };
}

/** For redirects: up to the first `?`, and only bytes above `%` that are printable (NGX_UNESCAPE_REDIRECT). */
export function unescapeRedirect(text: string): string {
  const question = text.indexOf('?');
  const path = question < 0 ? text : text.slice(0, question);
  const plain = path.replace(/%([0-9A-Fa-f]{2})/g, (escape, digits: string) => {
    const byte = Number.parseInt(digits, 16);
    return byte > percent && byte < 0x7f ? String.fromCharCode(byte) : escape;
  });
  return question < 0 ? plain : plain + text.slice(question);
}

function step(path: number[], state: State, byte: number, mergeSlashes: boolean): State | undefined {
  if (byte === slash) return slashAfter(path, state, mergeSlashes);
  path.push(byte);
  if (byte === dot && (state === 1 || state === 2)) return (state + 1) as State;
  return 0;
}

function slashAfter(path: number[], state: State, mergeSlashes: boolean): State | undefined {
  if (state === 3) return climb(path) ? 1 : undefined;
  if (state === 2) path.pop();
  else if (state === 0 || !mergeSlashes) path.push(slash);
  return 1;
}

function add(path: number[], byte: number): State {
  path.push(byte);
  return 0;
}

/** Takes `/..` and the segment before it away, up to that segment's slash; false above the root. */
function climb(path: number[]): boolean {
  path.length -= 3;
  while (path.length > 0 && path[path.length - 1] !== slash) path.pop();
  return path.length > 0;
}

function withoutFragment(raw: string, from: number): string {
  const end = raw.indexOf('#', from);
  return end < 0 ? raw.slice(from) : raw.slice(from, end);
}

function hexByte(raw: string, at: number): number {
  const high = digit(raw.charCodeAt(at));
  const low = digit(raw.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function textOf(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.slice(at, at + 4096));
  return text;
}
