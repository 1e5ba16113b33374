/*
 * The first line of a request, straight from the bytes (nginx: ngx_http_parse_request_line). Positions are offsets
 * into the buffer that was scanned. Every scanner returns the offset to go on from, or one of the results below.
 */

/** The line is not complete yet. */
export const again = -1;
/** What nginx answers with 400. */
export const refused = -2;
/** What nginx answers with 505. */
export const badVersion = -3;

const slash = 0x2f;
const space = 0x20;
const cr = 0x0d;
const lf = 0x0a;

/**
 * What CONNECT takes for its target. `uri`: what other methods take (before 1.29.3) · `port`: `host:`, with or without a
 * number · `number`: `host:443` (since 1.31.0).
 */
export type ConnectTarget = 'uri' | 'port' | 'number';

/** One request line; made once for each connection and filled again for each request. */
export class RequestLine {
  start = 0;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  /** Offset behind the first `?` outside a fragment, or -1. */
  argsStart = -1;
  hostStart = -1;
  hostEnd = -1;
  schemeStart = -1;
  schemeEnd = -1;
  /** The end of the line without its line end. */
  end = 0;
  major = 0;
  minor = 9;
  /** `//`, `/.`, `#`: the URI must be normalised. */
  complex = false;
  /** `%`: the URI must be decoded. */
  quoted = false;
  plus = false;
  /** `http://host` and `http://host?x`: no path. */
  emptyPath = false;
  /** False until a byte of the method has been seen. */
  started = false;
  /** True when the line was read to its end. */
  whole = false;
  /** CONNECT with a target of its own: the slash of `HTTP/` stands for the path. */
  private hasOwnTarget = false;
  private readonly connect: ConnectTarget;

  constructor(connect: ConnectTarget = 'uri') {
    this.connect = connect;
  }

  /** nginx's http_version; until the line is whole that of HTTP/1.0. */
  get version(): number {
    return this.whole ? this.major * 1000 + this.minor : 1000;
  }

  /** Scans one line; returns the offset behind it or `again`, `refused`, `badVersion`. */
  scan(bytes: Buffer, from: number, end: number): number {
    this.reset();
    let at = from;
    while (at < end && (bytes[at] === cr || bytes[at] === lf)) at++;
    this.start = at;
    if (at === end) return again;
    this.started = true;
    at = this.scanMethod(bytes, at, end);
    if (at >= 0) at = this.scanTarget(bytes, at, end);
    return at >= 0 ? this.scanProtocol(bytes, at, end) : at;
  }

  private reset(): void {
    this.argsStart = this.hostStart = this.hostEnd = this.schemeStart = this.schemeEnd = -1;
    this.major = 0;
    this.minor = 9;
    this.complex = this.quoted = this.plus = this.emptyPath = this.started = this.whole = this.hasOwnTarget = false;
  }

  private scanMethod(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (at < end && method[bytes[at] as number]) at++;
    if (at === end) return again;
    if (at === from || bytes[at] !== space) return refused;
    this.methodEnd = at;
    while (at < end && bytes[at] === space) at++;
    return at === end ? again : at;
  }

  /** The URI, absolute or not; returns the offset of the byte that ends it. */
  private scanTarget(bytes: Buffer, from: number, end: number): number {
    if (this.connect !== 'uri' && this.isMethod(bytes, connect)) return this.scanConnectTarget(bytes, from, end);
    if (bytes[from] === slash) return this.scanPath(bytes, from, end);
    if (!letter[bytes[from] as number]) return refused;
    const at = this.scanScheme(bytes, from, end);
    return at >= 0 ? this.scanAuthority(bytes, at, end) : at;
  }

  private scanScheme(bytes: Buffer, from: number, end: number): number {
    let at = from;
    this.schemeStart = from;
    while (at < end && scheme[bytes[at] as number]) at++;
    this.schemeEnd = at;
    for (const expected of colonSlashSlash) {
      if (at === end) return again;
      if (bytes[at++] !== expected) return refused;
    }
    return at;
  }

  private scanAuthority(bytes: Buffer, from: number, end: number): number {
    let at = this.scanHost(bytes, from, end);
    if (at < 0) return at;
    if (bytes[at] === 0x3a) at = scanDigits(bytes, at + 1, end);
    if (at === end) return again;
    this.hostEnd = at;
    return this.scanAfterHost(bytes, at, end);
  }

  /** A name or `[address]`; returns the offset of the byte that ends it. */
  private scanHost(bytes: Buffer, from: number, end: number): number {
    let at = from;
    this.hostStart = from;
    if (bytes[at] === 0x5b) {
      at++;
      while (at < end && literal[bytes[at] as number]) at++;
      if (at === end) return again;
      if (bytes[at++] !== 0x5d) return refused;
    } else {
      while (at < end && host[bytes[at] as number]) at++;
    }
    return at < end ? at : again;
  }

  private scanConnectTarget(bytes: Buffer, from: number, end: number): number {
    const colon = this.scanHost(bytes, from, end);
    if (colon < 0) return colon;
    if (bytes[colon] !== 0x3a) return refused;
    const at = scanDigits(bytes, colon + 1, end);
    if (at === end) return again;
    if (bytes[at] !== space || (this.connect === 'number' && at === colon + 1)) return refused;
    this.hostEnd = at;
    this.hasOwnTarget = true;
    return at;
  }

  private scanAfterHost(bytes: Buffer, at: number, end: number): number {
    switch (bytes[at]) {
      case slash:
        return this.scanPath(bytes, at, end);
      case 0x3f:
        this.uriStart = at;
        this.argsStart = at + 1;
        this.emptyPath = true;
        return this.scanRest(bytes, at + 1, end);
      case space:
        // The slash behind the scheme stands for the path.
        this.uriStart = this.schemeEnd + 1;
        this.uriEnd = this.schemeEnd + 2;
        return at;
      default:
        return refused;
    }
  }

  /** From a slash on: notices what makes normalisation necessary, until the first byte that settles it. */
  private scanPath(bytes: Buffer, from: number, end: number): number {
    this.uriStart = from;
    let at = from + 1;
    let afterSlash = true;
    while (at < end) {
      const byte = bytes[at] as number;
      if (usual[byte]) {
        afterSlash = false;
      } else if (byte === slash) {
        if (afterSlash) return this.scanComplex(bytes, at, end);
        afterSlash = true;
      } else if (byte === 0x2e) {
        if (afterSlash) return this.scanComplex(bytes, at, end);
      } else if (byte === 0x2b) {
        this.plus = true;
        // nginx stays in "after slash" here.
      } else if (byte === 0x25) {
        this.quoted = true;
        return this.scanRest(bytes, at + 1, end);
      } else if (byte === 0x3f) {
        this.argsStart = at + 1;
        return this.scanRest(bytes, at + 1, end);
      } else if (byte === 0x23) {
        return this.scanComplex(bytes, at, end);
      } else {
        return this.endUri(byte, at);
      }
      at++;
    }
    return again;
  }

  private scanComplex(bytes: Buffer, at: number, end: number): number {
    this.complex = true;
    return this.scanRest(bytes, at + 1, end);
  }

  private scanRest(bytes: Buffer, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const byte = bytes[at] as number;
      if (usual[byte]) continue;
      if (byte === 0x23) this.complex = true;
      else if (byte <= space || byte === 0x7f) return this.endUri(byte, at);
    }
    return again;
  }

  private endUri(byte: number, at: number): number {
    if (byte !== space && byte !== cr && byte !== lf) return refused;
    this.uriEnd = at;
    return at;
  }

  private scanProtocol(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (at < end && bytes[at] === space) at++;
    if (at === end) return again;
    if (bytes[at] === cr || bytes[at] === lf) {
      this.end = at;
      return this.scanLineEnd(bytes, at, end);
    }
    for (const expected of httpSlash) {
      if (at === end) return again;
      if (bytes[at++] !== expected) return refused;
    }
    if (this.hasOwnTarget) {
      this.uriStart = at - 1;
      this.uriEnd = at;
    }
    at = this.scanVersion(bytes, at, end);
    if (at < 0) return at;
    this.end = at;
    while (at < end && bytes[at] === space) at++;
    return at === end ? again : this.scanLineEnd(bytes, at, end);
  }

  private scanVersion(bytes: Buffer, from: number, end: number): number {
    let at = from;
    if (at === end) return again;
    this.major = (bytes[at++] as number) - 0x30;
    if (this.major < 1 || this.major > 9) return refused;
    if (this.major > 1) return badVersion;
    if (at === end) return again;
    if (digit(bytes[at] as number)) return badVersion;
    if (bytes[at++] !== 0x2e) return refused;
    if (at === end) return again;
    if (!digit(bytes[at] as number)) return refused;
    this.minor = 0;
    while (at < end && digit(bytes[at] as number)) {
      if (this.minor > 99) return refused;
      this.minor = this.minor * 10 + (bytes[at++] as number) - 0x30;
    }
    return at === end ? again : at;
  }

  private scanLineEnd(bytes: Buffer, from: number, end: number): number {
    let at = from;
    if (bytes[at] === cr) at++;
    if (at === end) return again;
    if (bytes[at] !== lf) return refused;
    // Only GET exists in HTTP/0.9.
    this.whole = true;
    if (this.major === 0 && !this.isMethod(bytes, get)) return refused;
    return at + 1;
  }

  private isMethod(bytes: Buffer, name: readonly number[]): boolean {
    const { start, methodEnd } = this;
    return methodEnd - start === name.length && name.every((byte, at) => bytes[start + at] === byte);
  }
}

const get = [0x47, 0x45, 0x54];
const connect = [0x43, 0x4f, 0x4e, 0x4e, 0x45, 0x43, 0x54];

const httpSlash = [0x48, 0x54, 0x54, 0x50, slash];
const colonSlashSlash = [0x3a, slash, slash];

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const method = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ_-');
const letter = tableOf(letters);
const scheme = tableOf(`${letters}${digits}+-.`);
const host = tableOf(`${letters}${digits}.-`);
const literal = tableOf(`${letters}${digits}:-._~!$&'()*+,;=`);
/** Bytes that mean nothing in a URI: not control, blank, `#` `%` `+` `.` `/` `?`. */
const usual = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > space && byte !== 0x7f && !'#%+./?'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

function tableOf(bytes: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte.charCodeAt(0)] = 1;
  return table;
}

function digit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Returns the offset of the first byte that is no digit. */
function scanDigits(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && digit(bytes[at] as number)) at++;
  return at;
}
