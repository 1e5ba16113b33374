import type { Address, Network, Socket } from '../../host/host.ts';
import { type BodyReader, ChunkedReader, LengthReader } from '../codec/http1-request-body.ts';
import { fieldsOfLine, HeaderLines } from '../codec/http1-request-headers.ts';
import { again, refused } from '../codec/http1-request-line.ts';

/** A response as a client sees it. Strings are latin1 but for `text()`. */
export interface ClientResponse {
  readonly status: number;
  readonly statusText: string;
  readonly statusLine: string;
  readonly headers: ResponseHeaders;
  /** Without chunked framing. */
  readonly body: Buffer;
  /** Everything received, byte for byte. */
  readonly raw: Buffer;
  /** False when the connection ended before the response did. */
  readonly complete: boolean;
  /** The body as UTF-8. */
  text(): string;
  json(): unknown;
}

/** Header fields in order. */
export interface ResponseHeaders extends Iterable<readonly [name: string, value: string]> {
  readonly list: readonly (readonly [name: string, value: string])[];
  /** The first field of that name, in any case; null when there is none. */
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
}

export interface ExchangeOptions {
  /** The client's address. */
  readonly from?: string;
  /** The request was HEAD: no body follows. */
  readonly headerOnly?: boolean;
}

/**
 * Sends bytes and reads one response; rejects when the connection fails before a byte has come back. A server that
 * closes without an answer (444) gives a response with status 0.
 */
export function exchange(
  network: Network,
  address: Address,
  bytes: Buffer | string,
  { from, headerOnly = false }: ExchangeOptions = {},
): Promise<ClientResponse> {
  return new Promise((resolve, reject) => {
    const socket: Socket = network.connect(address, from === undefined ? {} : { from });
    const response = new ResponseReader(headerOnly);
    let over = false;
    const finish = () => {
      if (over) return;
      over = true;
      socket.destroy();
      resolve(response);
    };
    socket.handler = {
      connected: () => void socket.write(bytes),
      data(chunk) {
        if (response.receive(chunk)) finish();
      },
      end() {
        response.end();
        finish();
      },
      closed(error) {
        if (error && !over && response.raw.length === 0) {
          over = true;
          reject(new Error(`the connection failed: ${error.errno}`));
        } else finish();
      },
    };
  });
}

class ResponseReader implements ClientResponse {
  status = 0;
  statusText = '';
  statusLine = '';
  headers: ResponseHeaders = headersOf([]);
  raw: Buffer = Buffer.alloc(0);
  complete = false;
  private readonly chunks: Buffer[] = [];
  private readonly lines = new HeaderLines();
  /** Offset behind the status line; -1 while it is not there. */
  private linesFrom = -1;
  /** How far `raw` has been read; -1 while the head is not there. */
  private bodyAt = -1;
  private reader: BodyReader | 'until close' | null = null;

  constructor(private readonly headerOnly: boolean) {}

  get body(): Buffer {
    return Buffer.concat(this.chunks);
  }

  text(): string {
    return this.body.toString('utf8');
  }

  json(): unknown {
    return JSON.parse(this.text());
  }

  /** Takes bytes; true when the response is complete. */
  receive(chunk: Buffer): boolean {
    this.raw = this.raw.length === 0 ? chunk : Buffer.concat([this.raw, chunk]);
    if (this.bodyAt < 0 && !this.readHead()) return false;
    if (this.reader === 'until close') {
      this.chunks.push(this.raw.subarray(this.bodyAt));
      this.bodyAt = this.raw.length;
    } else if (this.reader) {
      const used = this.reader.read(this.raw, this.bodyAt, (bytes) => this.chunks.push(bytes));
      if (used < 0) return true;
      this.bodyAt = used;
      this.complete = this.reader.done;
    } else this.complete = true;
    return this.complete;
  }

  /** The server has ended the connection. */
  end(): void {
    if (this.reader === 'until close') this.complete = true;
    else if (this.raw.length > 0 && this.linesFrom < 0) this.takeBare();
  }

  /** HTTP/0.9: a body and nothing else. */
  private takeBare(): void {
    this.chunks.push(this.raw);
    this.status = 200;
    this.complete = true;
  }

  private readHead(): boolean {
    if (this.linesFrom < 0) {
      const end = this.raw.indexOf('\n');
      if (end < 0 || this.raw.toString('latin1', 0, 5) !== 'HTTP/') return false;
      this.statusLine = this.raw.toString('latin1', 0, end).replace(/\r$/, '');
      const [, code = '0', ...text] = this.statusLine.split(' ');
      this.status = Number(code);
      this.statusText = text.join(' ');
      this.linesFrom = end + 1;
      this.lines.restart(this.linesFrom);
    }
    const end = this.lines.scan(this.raw, this.raw.length);
    if (end === again || end === refused) return false;
    this.headers = headersOf(this.fields());
    this.bodyAt = end;
    this.reader = this.readerOfBody();
    return true;
  }

  private fields(): (readonly [string, string])[] {
    const { count, offsets } = this.lines;
    return Array.from({ length: count }, (_, line) => {
      const [from, to, valueFrom, valueTo] = offsets.subarray(line * fieldsOfLine, line * fieldsOfLine + 4);
      return [this.raw.toString('latin1', from, to), this.raw.toString('latin1', valueFrom, valueTo)] as const;
    });
  }

  private readerOfBody(): BodyReader | 'until close' | null {
    if (this.headerOnly || this.status === 204 || this.status === 304 || this.status < 200) return null;
    if (/chunked/i.test(this.headers.get('transfer-encoding') ?? '')) return new ChunkedReader(false);
    const length = this.headers.get('content-length');
    if (length === null) return 'until close';
    return Number(length) > 0 ? new LengthReader(Number(length)) : null;
  }
}

function headersOf(list: readonly (readonly [string, string])[]): ResponseHeaders {
  const getAll = (name: string) => list.filter(([known]) => known.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return {
    list,
    getAll,
    get: (name) => getAll(name)[0] ?? null,
    has: (name) => getAll(name).length > 0,
    [Symbol.iterator]: () => list[Symbol.iterator](),
  };
}
