import type { Address, Socket, SystemError } from '../../host/host.ts';
import { type BodyReader, ChunkedReader, LengthReader } from '../codec/http1-request-body.ts';
import { RequestHead } from '../codec/http1-request-head.ts';
import { fieldsOfLine } from '../codec/http1-request-headers.ts';
import { type BackendServer, listenAsBackend, type Machine } from './backend-server.ts';

/** A request as a backend sees it. */
export interface BackendRequest {
  readonly method: string;
  /** As received: path and arguments. */
  readonly uri: string;
  readonly requestLine: string;
  /** In order of arrival, spelled as received. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first value of a header by its name in any case; undefined when absent. */
  header(name: string): string | undefined;
  readonly body: Buffer;
}

/** What a backend answers: status 200 and no headers of its own unless given. `raw` replaces everything, byte for byte, and ends the connection. */
export interface BackendReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
  readonly raw?: string | Buffer;
}

/** A backend: gets requests, answers with a body or a whole reply. It may take its time; `null` closes without a word. */
export type BackendHandler = (request: BackendRequest) => BackendReply | string | null | Promise<BackendReply | string | null>;

const limits = { first: 65_536, count: 16, size: 65_536 };

/** Serves HTTP/1 with a handler. */
export function serveHttp(machine: Machine, address: Address, handler: BackendHandler): Promise<BackendServer | SystemError> {
  return listenAsBackend(machine, address, (socket, gone) => new Connection(socket, handler, gone));
}

/** One client of a backend; its requests are answered one after another. */
class Connection {
  private readonly head = new RequestHead();
  private bytes: Buffer = Buffer.alloc(0);
  private reader: BodyReader | null = null;
  private body: Buffer[] = [];
  private request: Omit<BackendRequest, 'body'> | null = null;
  private answering = false;
  private ended = false;

  constructor(
    private readonly socket: Socket,
    private readonly handler: BackendHandler,
    gone: () => void,
  ) {
    this.head.restart(0);
    socket.handler = {
      data: (chunk) => this.receive(chunk),
      end: () => {
        this.ended = true;
        if (!this.answering) socket.end();
      },
      closed: gone,
    };
  }

  private receive(chunk: Buffer): void {
    this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
    if (!this.answering) this.goOn();
  }

  private goOn(): void {
    if (!this.request && !this.readHead()) return;
    const { reader } = this;
    if (reader) {
      const used = reader.read(this.bytes, 0, (chunk) => this.body.push(Buffer.from(chunk)));
      if (used < 0) {
        this.socket.destroy();
        return;
      }
      this.bytes = this.bytes.subarray(used);
      if (!reader.done) return;
    }
    if (this.request) void this.answer({ ...this.request, body: Buffer.concat(this.body) });
  }

  private readHead(): boolean {
    const { head, bytes } = this;
    let result = head.scan(bytes, bytes.length, limits);
    if (result === 'line') result = head.scan(bytes, bytes.length, limits);
    if (result === 'again') return false;
    if (result !== 'done') {
      this.socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      this.socket.end();
      return false;
    }
    const request = requestOf(bytes.toString('latin1', 0, head.end), head);
    const length = Number(request.header('content-length') ?? 0);
    this.request = request;
    this.body = [];
    if (/chunked/i.test(request.header('transfer-encoding') ?? '')) this.reader = new ChunkedReader(false);
    else this.reader = length > 0 ? new LengthReader(length) : null;
    this.bytes = bytes.subarray(head.end);
    return true;
  }

  private async answer(request: BackendRequest): Promise<void> {
    this.answering = true;
    const reply = await this.handler(request);
    this.answering = false;
    this.request = null;
    this.head.restart(0);
    const keep = this.send(request, reply);
    if (!keep || this.ended) this.socket.end();
    else if (this.bytes.length > 0) this.goOn();
  }

  /** Returns whether the connection goes on. */
  private send(request: BackendRequest, reply: BackendReply | string | null): boolean {
    if (reply === null) {
      this.socket.destroy();
      return true;
    }
    if (typeof reply !== 'string' && reply.raw !== undefined) {
      this.socket.write(reply.raw);
      return false;
    }
    const { status = 200, headers = {}, body = '' } = typeof reply === 'string' ? { body: reply } : reply;
    const bytes = Buffer.from(body as string);
    const isOld = !request.requestLine.endsWith('1.1');
    const keep =
      !/close/i.test(request.header('connection') ?? '') && (!isOld || /keep-alive/i.test(request.header('connection') ?? ''));
    const list = Array.isArray(headers)
      ? (headers as readonly (readonly [string, string])[])
      : Object.entries(headers as Record<string, string>);
    const lines = list.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const framed = list.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name)) || status === 204 || status === 304;
    const length = framed ? '' : `Content-Length: ${bytes.length}\r\n`;
    const connection = keep ? (isOld ? 'Connection: keep-alive\r\n' : '') : 'Connection: close\r\n';
    const head = Buffer.from(`HTTP/1.1 ${status} ${reasons[status] ?? 'Answer'}\r\n${lines}${length}${connection}\r\n`, 'latin1');
    this.socket.write(request.method === 'HEAD' ? head : Buffer.concat([head, bytes]));
    return keep;
  }
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function requestOf(text: string, { line, headers }: RequestHead): Omit<BackendRequest, 'body'> {
  const list: (readonly [string, string])[] = [];
  for (let at = 0; at < headers.count * fieldsOfLine; at += fieldsOfLine) {
    const [from, to, valueFrom, valueTo] = headers.offsets.subarray(at, at + 4);
    list.push([text.slice(from, to), text.slice(valueFrom, valueTo)]);
  }
  return {
    method: text.slice(line.start, line.methodEnd),
    uri: text.slice(line.uriStart, line.uriEnd),
    requestLine: text.slice(line.start, line.end),
    headers: list,
    header: (name) => list.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1],
  };
}
