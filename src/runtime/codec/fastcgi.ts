/*
 * The client's side of FastCGI: records out, records in. One request a connection at a time, always number 1, role
 * responder.
 */

const beginRequest = 1;
const endRequest = 3;
const params = 4;
const stdin = 5;
const stdout = 6;
const stderr = 7;

const largestRecord = 65535;
const largestBodyPiece = 32 * 1024;

/** Everything before the body: BEGIN_REQUEST and PARAMS; null when the params do not fit into one record. */
export function encodeRequest(pairs: readonly string[], keepConnection: boolean): string | null {
  let content = '';
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [name = '', value = ''] = [pairs[i], pairs[i + 1]];
    content += encodeLength(name.length) + encodeLength(value.length) + name + value;
  }
  if (content.length > largestRecord) return null;
  const begin = `${header(beginRequest, 8, 0)}\0\x01${keepConnection ? '\x01' : '\0'}\0\0\0\0\0`;
  const padding = padTo8(content.length);
  return `${begin}${content === '' ? '' : header(params, content.length, padding) + content + '\0'.repeat(padding)}${header(params, 0, 0)}`;
}

/** Bytes of an answer as a STDOUT record. */
export function encodeStdout(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(header(stdout, content.length, 0), 'latin1'), content]);
}

/** A part of the body as STDIN records, the last one with the empty record that ends it (ngx_http_fastcgi_body_output_filter). */
export function encodeBody(chunks: readonly Buffer[], last: boolean): Buffer[] {
  const records: Buffer[] = [];
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += largestBodyPiece) {
      const piece = chunk.subarray(at, at + largestBodyPiece);
      const padding = padTo8(piece.length);
      records.push(Buffer.from(header(stdin, piece.length, padding), 'latin1'), piece);
      if (padding > 0) records.push(Buffer.alloc(padding));
    }
  }
  if (last) records.push(Buffer.from(endOfBody, 'latin1'));
  return [Buffer.concat(records)];
}

/** The empty STDIN record. */
export const endOfBody = header(stdin, 0, 0);

function header(type: number, length: number, padding: number): string {
  return String.fromCharCode(1, type, 0, 1, length >> 8, length & 255, padding, 0);
}

function padTo8(length: number): number {
  return (8 - (length % 8)) % 8;
}

function encodeLength(length: number): string {
  return length < 128
    ? String.fromCharCode(length)
    : String.fromCharCode((length >>> 24) | 128, (length >>> 16) & 255, (length >>> 8) & 255, length & 255);
}

/** What records turn out to hold. */
export interface RecordSink {
  /** `end` is where the piece ends in the bytes that were fed. */
  stdout(piece: Buffer, end: number): void;
  stderr(piece: Buffer): void;
  /** The empty STDOUT record. */
  stdoutClosed(): void;
}

/** Takes records apart, however they are cut (ngx_http_fastcgi_process_record). */
export class RecordReader {
  /** In nginx's words, after `feed` has said `invalid`. */
  problem = '';
  private readonly head = Buffer.alloc(8);
  private headBytes = 0;
  private type = 0;
  private left = 0;
  private padding = 0;

  /** `ended` after END_REQUEST and its padding; `excess` when bytes follow it. */
  feed(bytes: Buffer, sink: RecordSink): 'more' | 'ended' | 'excess' | 'invalid' {
    let at = 0;
    while (at < bytes.length || (this.headBytes === 8 && this.left === 0 && this.padding === 0)) {
      if (this.headBytes < 8) {
        this.head[this.headBytes++] = bytes[at++] as number;
        if (this.headBytes === 8 && !this.open(sink)) return 'invalid';
        continue;
      }
      if (this.left > 0) {
        const piece = bytes.subarray(at, at + this.left);
        at += piece.length;
        this.left -= piece.length;
        if (this.type === stdout) sink.stdout(piece, at);
        else if (this.type === stderr) sink.stderr(piece);
        continue;
      }
      const skipped = Math.min(this.padding, bytes.length - at);
      at += skipped;
      this.padding -= skipped;
      if (this.padding > 0) continue;
      this.headBytes = 0;
      if (this.type === endRequest) return at < bytes.length ? 'excess' : 'ended';
    }
    return 'more';
  }

  private open(sink: RecordSink): boolean {
    const { head } = this;
    const [version = 0, type = 0, idHigh = 0, idLow = 0] = head;
    if (version !== 1) return this.fail(`upstream sent unsupported FastCGI protocol version: ${version}`);
    if (type !== stdout && type !== stderr && type !== endRequest)
      return this.fail(`upstream sent invalid FastCGI record type: ${type}`);
    if (idHigh !== 0 || idLow !== 1) return this.fail(`upstream sent unexpected FastCGI request id high byte: ${idHigh}`);
    this.type = type;
    this.left = head.readUInt16BE(4);
    this.padding = head[6] as number;
    if (type === stdout && this.left === 0) sink.stdoutClosed();
    return true;
  }

  private fail(problem: string): false {
    this.problem = problem;
    return false;
  }
}
