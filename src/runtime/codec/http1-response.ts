/*
 * The head of an upstream's HTTP/1 response: bytes in, fields out (ngx_http_parse_status_line,
 * ngx_http_parse_header_line, ngx_http_proxy_process_header). Nothing is copied but the head's text, once.
 */

/** `more`: the head is not complete. `none`: no HTTP at all, everything is body (HTTP/0.9). `invalid`: see `problem`. */
export type HeadVerdict = 'done' | 'more' | 'none' | 'invalid';

const Known = { contentLength: 1, transferEncoding: 2, connection: 3, once: 4 } as const;
type Known = (typeof Known)[keyof typeof Known];

/** Names whose first field counts; later ones are dropped with a warning. */
const known = new Map<string, Known>([
  ['content-length', Known.contentLength],
  ['transfer-encoding', Known.transferEncoding],
  ['connection', Known.connection],
  ...[
    'status',
    'content-type',
    'date',
    'last-modified',
    'etag',
    'server',
    'location',
    'refresh',
    'expires',
    'x-accel-redirect',
    'x-accel-limit-rate',
    'x-accel-expires',
  ].map((name): [string, Known] => [name, Known.once]),
]);

interface Name {
  readonly lower: string;
  readonly kind: Known | undefined;
}

/** Names as they were written before: upstreams repeat themselves. */
const names = new Map<string, Name>();
const mostNames = 1000;
const longestName = 64;

function nameOf(text: string): Name {
  const found = names.get(text);
  if (found) return found;
  const lower = text.toLowerCase();
  const name = { lower, kind: known.get(lower) };
  // The key is copied, so that it does not keep a whole head's text alive.
  if (names.size < mostNames && text.length <= longestName) names.set(Buffer.from(text, 'latin1').toString('latin1'), name);
  return name;
}

/** What an upstream's response starts with. One object serves one attempt after another. */
export class ResponseHead {
  status = 0;
  /** `404 Not Found`, as sent. */
  statusText = '';
  /** 1000, 1001 … */
  version = 0;
  /** Bytes of the head, status line and empty line included. */
  length = 0;
  /** Fields in order, without dropped duplicates. */
  readonly names: string[] = [];
  readonly values: string[] = [];
  readonly lower: string[] = [];
  /** -1 when not given, or when the body is chunked. */
  contentLength = -1;
  chunked = false;
  /** True when the upstream will close, or is too old to keep the connection. */
  close = false;
  /** What is wrong, in nginx's words, after `invalid`. */
  problem = '';
  /** Duplicates that were dropped, in nginx's words. */
  warnings: string[] | null = null;
  private sawLength = '';
  private sawEncoding = '';

  /** Forgets everything. */
  reset(): void {
    this.status = 0;
    this.statusText = '';
    this.version = 0;
    this.length = 0;
    if (this.names.length > 0) this.names.length = this.values.length = this.lower.length = 0;
    this.contentLength = -1;
    this.chunked = false;
    this.close = false;
    this.problem = '';
    this.warnings = null;
    this.sawLength = '';
    this.sawEncoding = '';
  }

  /** The first field of that lowercased name. */
  get(lower: string): string | undefined {
    const at = this.lower.indexOf(lower);
    return at < 0 ? undefined : this.values[at];
  }

  /** Reads a head from the start of `bytes`; after `more`, call again with more of the same bytes. */
  parse(bytes: Buffer, start = 0): HeadVerdict {
    const end = headEnd(bytes, start);
    const text = bytes.toString('latin1', start, end < 0 ? bytes.length : end);
    this.reset();
    const afterStatus = this.parseStatusLine(text);
    if (afterStatus < 0) return afterStatus === -1 ? 'more' : 'none';
    return this.parseFields(text, afterStatus);
  }

  /**
   * Reads a CGI program's head: without a status line `Status` and `Location` say what it is. FastCGI has none; uwsgi and
   * SCGI may have one (ngx_http_scgi_process_status_line).
   */
  parseCgi(bytes: Buffer, mayHaveStatusLine = false): HeadVerdict {
    const end = headEnd(bytes, 0);
    const text = bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    this.reset();
    const afterStatus = mayHaveStatusLine ? this.parseStatusLine(text) : -2;
    if (afterStatus === -1) return 'more';
    if (afterStatus >= 0) return this.parseFields(text, afterStatus);
    const verdict = this.parseFields(text, 0);
    return verdict === 'done' ? this.cgiStatus() : verdict;
  }

  /** Takes one field in; false when it makes the response unusable. */
  add(name: string, value: string): boolean {
    const { lower, kind } = nameOf(name);
    if (kind !== undefined && !this.addKnown(kind, lower, name, value)) return this.problem === '';
    this.names.push(name);
    this.values.push(value);
    this.lower.push(lower);
    return true;
  }

  /** ngx_http_parse_status_line: the offset after the line, -1 for more, -2 when this is no HTTP. */
  private parseStatusLine(text: string): number {
    const line = text.indexOf('\n');
    const first = line < 0 ? text : text.slice(0, line);
    if (line < 0)
      return /^(H|HT|HTT|HTTP|HTTP\/([1-9]\d?)?|HTTP\/[1-9]\d?\.\d{0,2}( +(\d{0,3}|\d{3}[ .][^\r]*))?\r?)$/.test(first) ||
        first === ''
        ? -1
        : -2;
    const status = fastStatus(first) || slowStatus(first);
    if (!status) return -2;
    this.status = status.code;
    this.version = status.version;
    this.statusText = status.text;
    if (status.version < 1001) this.close = true;
    return line + 1;
  }

  /** ngx_http_fastcgi_process_header */
  private cgiStatus(): HeadVerdict {
    const status = this.get('status');
    if (status === undefined) {
      this.statusText = this.get('location') === undefined ? '200 OK' : '302 Moved Temporarily';
    } else if (/^\d{3}/.test(status)) this.statusText = status;
    else {
      this.problem = `upstream sent invalid status "${status}"`;
      return 'invalid';
    }
    this.status = Number(this.statusText.slice(0, 3));
    return 'done';
  }

  private parseFields(text: string, from: number): HeadVerdict {
    let start = from;
    for (;;) {
      const line = text.indexOf('\n', start);
      if (line < 0) return 'more';
      let end = line;
      while (end > start && text.charCodeAt(end - 1) === 13) end--;
      if (end === start) {
        if (line - end > 1) return this.invalid(text, start, end + 1);
        this.length = line + 1;
        return 'done';
      }
      if (!this.parseField(text, start, end)) return this.problem ? 'invalid' : this.invalid(text, start, end);
      start = line + 1;
    }
  }

  /** One line without its end; false when it is no field. */
  private parseField(text: string, start: number, end: number): boolean {
    let colon = start;
    for (; colon < end; colon++) {
      const c = text.charCodeAt(colon);
      if (c === 58) break;
      if (c === 47 && colon - start === 4 && text.startsWith('HTTP', start)) return true;
      if (c <= 32 || c === 127) return false;
    }
    if (colon === start) return false;
    let from = colon + 1;
    while (from < end && text.charCodeAt(from) === 32) from++;
    let to = end;
    while (to > from && text.charCodeAt(to - 1) === 32) to--;
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i);
      if (c === 0 || c === 13) return false;
    }
    return this.add(text.slice(start, colon), from < to ? text.slice(from, to) : '');
  }

  private addKnown(kind: Known, lower: string, name: string, value: string): boolean {
    if (kind === Known.connection) {
      if (/close/i.test(value)) this.close = true;
      return true;
    }
    if (kind === Known.once) {
      const before = this.lower.indexOf(lower);
      if (before < 0) return true;
      (this.warnings ??= []).push(
        `upstream sent duplicate header line: "${name}: ${value}", previous value: "${this.names[before]}: ${this.values[before]}", ignored`,
      );
      return false;
    }
    return kind === Known.contentLength ? this.addLength(name, value) : this.addEncoding(name, value);
  }

  /** ngx_http_upstream_process_content_length */
  private addLength(name: string, value: string): boolean {
    if (this.sawLength)
      return this.fail(`upstream sent duplicate header line: "${name}: ${value}", previous value: "${this.sawLength}"`);
    if (this.sawEncoding) return this.fail('upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time');
    this.sawLength = `${name}: ${value}`;
    if (!/^\d{1,15}$/.test(value)) return this.fail(`upstream sent invalid "Content-Length" header: "${this.sawLength}"`);
    this.contentLength = Number(value);
    return true;
  }

  /** ngx_http_upstream_process_transfer_encoding */
  private addEncoding(name: string, value: string): boolean {
    if (this.sawEncoding)
      return this.fail(`upstream sent duplicate header line: "${name}: ${value}", previous value: "${this.sawEncoding}"`);
    if (this.sawLength) return this.fail('upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time');
    this.sawEncoding = `${name}: ${value}`;
    if (value.toLowerCase() !== 'chunked') return this.fail(`upstream sent unknown "Transfer-Encoding": "${value}"`);
    this.chunked = true;
    return true;
  }

  private fail(problem: string): false {
    this.problem = problem;
    return false;
  }

  private invalid(text: string, start: number, end: number): HeadVerdict {
    const bad = text.slice(start, end).search(/[\0-\x20\x7f:]/);
    const at = bad < 0 ? end : start + bad;
    const code = (text.charCodeAt(at) || 0).toString(16).padStart(2, '0');
    this.problem = `upstream sent invalid header: "${text.slice(start, at)}\\x${code}..."`;
    return 'invalid';
  }
}

/** The offset after the empty line, or -1. */
function headEnd(bytes: Buffer, start: number): number {
  const { length } = bytes;
  if (bytes[start] === 10) return start + 1;
  if (bytes[start] === 13 && bytes[start + 1] === 10) return start + 2;
  for (let i = start; i < length; i++) {
    if (bytes[i] !== 10) continue;
    const next = bytes[i + 1];
    if (next === 10) return i + 2;
    if (next === 13 && bytes[i + 2] === 10) return i + 3;
  }
  return -1;
}

interface Status {
  readonly code: number;
  readonly version: number;
  readonly text: string;
}

/** `HTTP/1.x NNN …`, the usual form. */
function fastStatus(line: string): Status | null {
  if (!line.startsWith('HTTP/1.') || line.charCodeAt(8) !== 32) return null;
  const minor = line.charCodeAt(7) - 48;
  const a = line.charCodeAt(9) - 48;
  const b = line.charCodeAt(10) - 48;
  const c = line.charCodeAt(11) - 48;
  if (!(minor >= 0 && minor <= 9 && a >= 0 && a <= 9 && b >= 0 && b <= 9 && c >= 0 && c <= 9)) return null;
  const end = line.charCodeAt(line.length - 1) === 13 ? line.length - 1 : line.length;
  if (end > 12 && line.charCodeAt(12) !== 32) return null;
  for (let i = 12; i < end; i++) if (line.charCodeAt(i) === 13) return null;
  return { code: a * 100 + b * 10 + c, version: 1000 + minor, text: line.slice(9, end) };
}

/** Everything else that nginx takes: more digits, more spaces, `403.1`. */
function slowStatus(line: string): Status | null {
  const found = /^HTTP\/([1-9]\d?)\.(\d{1,2}) +(\d{3}(?:[ .][^\r]*)?)\r?$/.exec(line);
  if (!found) return null;
  const [, major = '', minor = '', text = ''] = found;
  return { code: Number(text.slice(0, 3)), version: Number(major) * 1000 + Number(minor), text };
}
