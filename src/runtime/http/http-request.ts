import type { Address, Socket } from '../../host/host.ts';
import type { BodyTransform, LogLevel } from '../hooks.ts';
import type { PlannedLocation, PlannedServer } from '../plan/planned.ts';
import type { LocationPlan } from '../plan/plans.ts';
import type { Variables } from '../plan/variables.ts';
import type { HttpConnection } from './connection.ts';
import { errorContext } from './error-context.ts';
import { finalize } from './finalize.ts';
import { ReceivedHeaders } from './headers-in.ts';
import { enterLocation, redirect } from './phases.ts';
import type { HeadersOut, Request, RequestBody, UpstreamAttempt } from './request.ts';
import { endBody, flush, respond, sendHeader, write } from './response.ts';
import { readBody } from './request-body.ts';

/** A response's head while it is being made. */
export class SentHeaders implements HeadersOut {
  contentType = '';
  contentLength = -1;
  lastModified = -1;
  location = '';
  list: string[] = [];
  statusText = '';
  ownServer = false;
  ownDate = false;
}

/** The engine's request. What modules may touch is in `Request`; the rest belongs to the files of this folder. */
export class HttpRequest implements Request {
  readonly id: number;
  readonly connection: HttpConnection;
  method = '';
  requestLine = '';
  unparsedUri = '';
  uri = '';
  args = '';
  version = 1000;
  headersIn = new ReceivedHeaders();
  host = '';
  remoteAddr: string;
  server: PlannedServer;
  location: PlannedLocation;
  internal = false;
  validUnparsedUri = false;
  quotedUri = false;
  plusInUri = false;
  headerOnly = false;
  readonly startedAt: number;
  status = 0;
  headersOut = new SentHeaders();
  headerSent = false;
  captures: readonly (string | undefined)[] | null = null;
  readonly values: (string | undefined)[] = [];
  upstreamAttempts: UpstreamAttempt[] = [];
  upstreamName = '';
  upstreamSide: unknown = undefined;
  upstreamUrl = '';
  onWritable: (() => void) | null = null;
  onClientAbort: (() => void) | null = null;

  /** The plan of the configuration it began with. */
  readonly variables: Variables;
  keepalive = false;
  /** Set by error pages: overrules `status` (nginx: err_status). */
  errorStatus = 0;
  /** An error page has been used (nginx: error_page). */
  errorPageUsed = false;
  /** Rewrites, internal redirects and named jumps that are left. */
  uriChanges = 11;
  uriChanged = false;
  /** False after a rewrite: `alias` and `proxy_pass` with a URI part need the matched one. */
  validLocation = true;
  /** `try_files` has found a file for an `alias` in a regex location: the URI goes behind it. */
  addUriToAlias = false;
  expectTested = false;
  /** A filter has answered in the place of the handler: nginx closes the connection then, whatever the head says. */
  filterFinalized = false;
  requestLength = 0;
  /** It was here before the response to the one before it was sent. */
  pipelined = false;
  headerSize = 0;
  bytesSent = 0;
  chunkedOut = false;
  /** May be cut into ranges; set by handlers of static content. */
  allowRanges = false;
  transforms: BodyTransform[] = [];
  /** What is held back (nginx: postpone_output). */
  heldHead = '';
  held: (Buffer | string)[] = [];
  heldSize = 0;
  bodyEnded = false;
  body: RequestBody | null = null;
  bodyWanted: ((body: RequestBody) => void) | null = null;
  /** The response is complete but the client has not taken it all. */
  finished = false;
  /** Nothing more happens to it. */
  done = false;
  phase = 0;
  handlerIndex = 0;
  /** The phases stand still until a promise is settled. */
  paused = false;
  /** The loop over the phases is on the stack. */
  running = false;
  /** It has been sent elsewhere while a handler ran. */
  restarted = false;
  /** Grows with each redirect, so that a verdict that comes too late is seen. */
  run = 0;
  /** What `satisfy any` remembers (nginx: access_code). */
  accessCode = 0;
  private data: Map<unknown, unknown> | null = null;

  constructor(connection: HttpConnection, id: number, server: PlannedServer, variables: Variables, startedAt: number) {
    this.connection = connection;
    this.id = id;
    this.server = server;
    this.location = server.root;
    this.variables = variables;
    this.startedAt = startedAt;
    this.remoteAddr = connection.remoteAddr;
  }

  get client(): Address {
    return this.connection.socket.remote;
  }

  get local(): Address {
    return this.connection.socket.local;
  }

  get moduleData(): Map<unknown, unknown> {
    this.data ??= new Map();
    return this.data;
  }

  /** nginx counts what its output has written, chunk sizes included. */
  get bodyBytesSent(): number {
    return Math.max(0, this.bytesSent - this.headerSize);
  }

  clearModuleData(): void {
    this.data = null;
  }

  variable(name: string): string | undefined {
    return this.variables.value(name, this);
  }

  readBody(then: (body: RequestBody) => void): void {
    readBody(this, then);
  }

  sendHeader(): void {
    sendHeader(this);
  }

  write(chunk: Buffer): boolean {
    return write(this, chunk);
  }

  flush(): void {
    flush(this);
  }

  endBody(): void {
    endBody(this);
  }

  respond(status: number, contentType: string, body: Buffer | string): void {
    respond(this, status, contentType, body);
  }

  takeSocket(): { readonly socket: Socket; readonly early: Buffer | null } | null {
    flush(this);
    return this.connection.release();
  }

  finalize(status: number): void {
    finalize(this, status);
  }

  redirect(uri: string, args: string): void {
    redirect(this, uri, args);
  }

  enter(location: LocationPlan): void {
    enterLocation(this, location as PlannedLocation);
  }

  hasErrorPage(status: number): boolean {
    return this.location.errorPages?.has(status) ?? false;
  }

  log(level: LogLevel, message: string): void {
    const { logs } = this.connection.engine;
    if (logs.takes(level)) logs.error(level, message + errorContext(this), this.connection.id);
  }
}
