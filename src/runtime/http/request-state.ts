import type { Address, Socket } from '../../host/host.ts';
import type { BodyReader } from '../codec/http1-request-body.ts';
import type { ProxyHeader } from '../codec/proxy-protocol.ts';
import type { Engine } from '../engine.ts';
import type { BodyFilter, BodyTransform } from '../hooks.ts';
import type { LogLevel } from '../log-level.ts';
import type { PlannedLocation, PlannedServer } from '../plan/planned.ts';
import type { LocationPlan } from '../plan/plans.ts';
import type { Variables } from '../plan/variables.ts';
import { ReceivedHeaders } from './headers-in.ts';
import type { Pacer } from './pacer.ts';
import type { BodyStream, HeadersOut, Request, RequestBody, SubrequestOptions, TakenSocket, UpstreamAttempt } from './request.ts';

/** How deep subrequests may make subrequests (nginx: NGX_HTTP_MAX_SUBREQUESTS). */
const mostSubrequests = 50;

/** What a request may ask of the connection it came on. */
export interface ClientConnection {
  readonly id: number;
  readonly engine: Engine;
  readonly socket: Socket;
  readonly remoteAddr: string;
  /** Monotonic times: of its beginning, and of the first byte of the current request. */
  readonly startedAt: number;
  readonly requestStartedAt: number;
  readonly requests: number;
  /** nginx is reloading or stopping: no further request. */
  readonly exiting: boolean;
  /** What the PROXY protocol says of the client; null when nothing does. */
  readonly proxyHeader: ProxyHeader | null;
  /** The client does not take bytes as fast as they come. */
  readonly blocked: boolean;
  send(bytes: Buffer | string): void;
  sendAll(pieces: readonly (Buffer | string)[]): void;
  whenDrained(then: () => void): void;
  /** Nobody shall write until it is let go: the response is too fast. */
  holdBack(): void;
  letGo(): void;
  /** The reader of the request's body; null when it has none. */
  takeBodyReader(r: RequestState): BodyReader | null;
  /** From now on body bytes go to `receiver`, beginning with those that are here. */
  receiveBody(receiver: BodyReceiver | null): void;
  /** Nothing of the body is wanted for now; then more is. */
  holdBody(): void;
  releaseBody(): void;
  /** The request is over: `normal` when its response is complete, `close` when it is cut, `destroy` when nobody waits for it, `reset` to say so. */
  finish(r: RequestState, how: 'normal' | 'close' | 'destroy' | 'reset'): void;
  /** Hands the socket over. */
  release(): { readonly socket: Socket; readonly early: Buffer | null } | null;
}

/** Takes a body as it arrives. */
export interface BodyReceiver {
  /** Takes what belongs to the body; returns the offset behind it. */
  feed(bytes: Buffer, from: number): number;
  /** The client has stopped sending in the middle. */
  ended(): void;
  timedOut(): void;
}

/** A piece of output, or that what is held back leaves now: `true` says that what filters hold back does so too. */
export type Output = Buffer | string | boolean;

/** Where a body goes while it arrives. */
export interface BodySink {
  /** False when it cannot be kept, which has been logged. */
  take(chunk: Buffer): boolean;
  /** All of it is here; null when it cannot be kept, which has been logged. */
  end(length: number): RequestBody | null;
  /** Nobody wants it any more. */
  drop(): void;
}

/** A response's head while it is being made. */
export class SentHeaders implements HeadersOut {
  contentType = '';
  contentLength = -1;
  lastModified = -1;
  location = '';
  list: string[] = [];
  statusText = '';
  overrideCharset = '';
  ownServer = false;
  ownDate = false;
}

/**
 * A request as the files of this folder see it: what modules may touch is in `Request`, the rest is the engine's own.
 * What can be asked of it is bound to the files that do it in http-request.ts.
 */
export abstract class RequestState implements Request {
  readonly id: number;
  readonly connection: ClientConnection;
  method = '';
  requestLine = '';
  unparsedUri = '';
  uri = '';
  args = '';
  version = 1000;
  headersIn = new ReceivedHeaders();
  host = '';
  remoteAddr: string;
  client: Address;
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
  values: (string | undefined)[] = [];
  upstreamAttempts: UpstreamAttempt[] = [];
  upstreamName = '';
  upstreamSide: unknown = undefined;
  upstreamUrl = '';
  onWritable: (() => void) | null = null;
  whenSent: (() => void) | null = null;
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
  /** The body is thrown away; what is here of it was sound. */
  bodyDiscarded = false;
  /** A filter has answered in the place of the handler: nginx closes the connection then, whatever the head says. */
  filterFinalized = false;
  /** `$request_id` of a main request, once somebody has asked. */
  requestId = '';
  requestLength = 0;
  /** It was here before the response to the one before it was sent. */
  pipelined = false;
  headerSize = 0;
  bytesSent = 0;
  chunkedOut = false;
  allowRanges = false;
  singleRange = false;
  comparesNot = false;
  /** What changes its body, in order; and, of a main request, what changes the whole output, subrequests' too. */
  /** It answers with a part of the whole that begins there (nginx: content_offset, subrequest_ranges). */
  slice: { readonly offset: number } | null = null;
  /** The only range that the client gets: offsets, the second behind the last byte. */
  cut: { readonly start: number; readonly end: number } | null = null;
  filters: (BodyTransform | BodyFilter)[] = [];
  combined: BodyTransform[] = [];
  /** Whether the client gets compressed content; null until somebody asks (nginx: gzip_tested, gzip_ok). */
  gzipOk: boolean | null = null;
  /** A compressed response and a plain one are both possible: `gzip_vary` tells caches. */
  gzipVary = false;
  /** Writes the fields behind the last chunk, each with its line end; null when there are none to come. */
  trailers: (() => string) | null = null;
  /** Those that were written: name, value, name, value … */
  sentTrailers: string[] = [];
  /** What is held back (nginx: postpone_output). */
  heldHead = '';
  held: (Buffer | string)[] = [];
  heldSize = 0;
  /** It has given its filters something (nginx: request_output). */
  wrote = false;
  /** Its body is complete; its filters have handed on the end; the end of all output has left. */
  bodyEnded = false;
  filtered = false;
  outputEnded = false;
  body: RequestBody | null = null;
  /** The name of the file that the body is in; '' while it is in memory. */
  bodyFile = '';
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
  cleanups: (() => void)[] | null = null;
  /** The request that the client has made, and the one that has made this subrequest. */
  main: RequestState = this;
  parent: RequestState | null = null;
  subrequestsLeft = mostSubrequests;
  /** Of a main request: its subrequests that are not over, and whose output leaves now (nginx: c->data). */
  subrequests: Set<RequestState> | null = null;
  active: RequestState = this;
  /** Output that waits for its turn, with the subrequests between it (nginx: r->postponed). */
  postponed: (Output | RequestState)[] | null = null;
  /** It has been finalized, but its output may not have left. */
  ended = false;
  discardsOutput = false;
  isBackground = false;
  /** It has answered, and goes on for `post_action`: nothing is sent. */
  isPostAction = false;
  /** The output of a subrequest in memory. */
  collected: Buffer | null = null;
  whenFinalized: ((sr: RequestState, status: number) => number) | null = null;
  limitRate: number | undefined = undefined;
  /** What slows its response down; undefined until that is sent. */
  paced: Pacer | null | undefined = undefined;
  whenDone: ((sr: RequestState) => void) | null = null;
  private data: Map<unknown, unknown> | null = null;

  constructor(connection: ClientConnection, id: number, server: PlannedServer, variables: Variables, startedAt: number) {
    this.connection = connection;
    this.id = id;
    this.server = server;
    this.location = server.root;
    this.variables = variables;
    this.startedAt = startedAt;
    this.remoteAddr = connection.remoteAddr;
    this.client = connection.socket.remote;
  }

  get local(): Address {
    return this.connection.socket.local;
  }

  get proxyHeader(): ProxyHeader | null {
    return this.connection.proxyHeader;
  }

  get moduleData(): Map<unknown, unknown> {
    this.data ??= new Map();
    return this.data;
  }

  get allSent(): boolean {
    if (this.parent || this.postponed) return false;
    return this.heldSize === 0 && this.filters.length + this.combined.length === 0 && this.connection.socket.queued === 0;
  }

  /** nginx counts what its output has written, chunk sizes included. */
  get bodyBytesSent(): number {
    return Math.max(0, this.bytesSent - this.headerSize);
  }

  cleanup(run: () => void): void {
    this.cleanups ??= [];
    this.cleanups.push(run);
  }

  /** A module wants to know when the client goes away, for this request or a subrequest. */
  get watchesClient(): boolean {
    if (this.isPostAction) return false;
    if (this.onClientAbort) return true;
    for (const { onClientAbort, isBackground } of this.subrequests ?? []) if (onClientAbort && !isBackground) return true;
    return false;
  }

  clearModuleData(): void {
    this.data = null;
  }

  variable(name: string): string | undefined {
    return this.variables.value(name, this);
  }

  abstract readBody(then: (body: RequestBody, rest: BodyStream | null) => void, streams?: boolean): void;
  abstract readBodyIntoFile(mode: number, place: string, then: (path: string) => void): void;
  abstract sendHeader(): boolean;
  abstract write(chunk: Buffer): boolean;
  abstract flush(): void;
  abstract sendHeld(): void;
  /** Of a main request: sends a piece on, whoever has written it. */
  abstract emit(piece: Output): void;
  /** Everything has been written: the response leaves, and then the request is over. */
  abstract complete(): void;
  abstract subrequest(uri: string, options?: SubrequestOptions): RequestState | null;
  abstract endBody(): void;
  abstract respond(status: number, contentType: string, body: Buffer | string): void;
  abstract takeSocket(): TakenSocket | null;
  abstract finalize(status: number): void;
  /** Closes the connection without a further byte; the status is for the log (ngx_http_terminate_request). */
  abstract terminate(status: number): void;
  /** Answers with an error page, without ending what has been sent already (ngx_http_special_response_handler). */
  abstract special(status: number): void;
  abstract redirect(uri: string, args: string): void;
  abstract enter(location: LocationPlan): void;
  abstract hasErrorPage(status: number): boolean;
  abstract log(level: LogLevel, message: string): void;
}
