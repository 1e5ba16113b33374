import type { HeadersIn, Request } from '../../../src/runtime/http/request.ts';

/** A request that remembers what is done to it, for tests of the upstream side without an engine. */
export class FakeRequest {
  readonly id = 1;
  method: string;
  uri: string;
  args = '';
  version = 1001;
  validUnparsedUri = true;
  validLocation = true;
  quotedUri = false;
  internal = false;
  remoteAddr = '192.0.2.1';
  host = 'example.com';
  status = 0;
  readonly headersOut = {
    contentType: '',
    contentLength: -1,
    lastModified: -1,
    location: '',
    list: [] as string[],
    statusText: '',
  };
  headerSent = false;
  done = false;
  readonly upstreamAttempts = [];
  upstreamName = '';
  readonly moduleData = new Map();
  onWritable: (() => void) | null = null;
  onClientAbort: (() => void) | null = null;
  readonly logs: string[] = [];
  readonly errorPages = new Set<number>();
  /** What the client got, and how it ended. */
  body = '';
  readonly main = this;
  readonly ended: (number | string)[] = [];
  slow = false;

  constructor(
    line: string,
    readonly headers: Record<string, string> = {},
    private readonly sent = '',
  ) {
    const [method = 'GET', uri = '/'] = line.split(' ');
    this.method = method;
    this.uri = uri;
  }

  get unparsedUri(): string {
    return this.uri;
  }

  get headerOnly(): boolean {
    return this.method === 'HEAD';
  }

  get headersIn(): HeadersIn {
    const names = Object.keys(this.headers);
    return {
      names,
      values: Object.values(this.headers),
      lower: names.map((name) => name.toLowerCase()),
      get: (lower) => this.headers[names.find((name) => name.toLowerCase() === lower) ?? ''],
      contentLength: this.sent ? this.sent.length : -1,
      chunked: false,
    };
  }

  readBody(then: (body: { length: number; chunks: Buffer[] }) => void): void {
    then({ length: this.sent.length, chunks: this.sent ? [Buffer.from(this.sent)] : [] });
  }

  sendHeader(): boolean {
    this.headerSent = true;
    return true;
  }

  write(chunk: Buffer): boolean {
    this.body += chunk.toString('latin1');
    return !this.slow;
  }

  flush(): void {}

  sendHeld(): void {
    this.flush();
  }

  endBody(): void {
    this.ended.push('body');
  }

  finalize(status: number): void {
    this.ended.push(status);
  }

  redirect(uri: string, args: string): void {
    this.ended.push(`redirect ${uri}${args && `?${args}`}`);
  }

  hasErrorPage(status: number): boolean {
    return this.errorPages.has(status);
  }

  log(level: string, message: string): void {
    this.logs.push(`[${level}] ${message}`);
  }

  asRequest(): Request {
    return this as unknown as Request;
  }
}
