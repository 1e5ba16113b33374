import type { Address, Socket } from '../../host/host.ts';
import type { ProxyHeader } from '../codec/proxy-protocol.ts';
import type { LogLevel } from '../log-level.ts';
import type { LocationPlan, ServerPlan } from '../plan/plans.ts';

/*
 * The request as modules see it (nginx: ngx_http_request_t). All strings are byte strings. The engine makes it
 * (http-request.ts); modules read it, fill `status` and `headersOut`, send, and finalize.
 */

export interface Request {
  readonly id: number;
  /** The request that the client has made: this one, or the one that a subrequest was made for. */
  readonly main: Request;
  /** Becomes GET when an error page or X-Accel-Redirect takes over. */
  method: string;
  /** `GET /x?y HTTP/1.1`, as received. */
  readonly requestLine: string;
  /** `$request_uri`: raw, with arguments. */
  readonly unparsedUri: string;
  /** `$uri`: decoded and normalised; rewritten by internal redirects. */
  uri: string;
  /** `$args`, without `?`. */
  args: string;
  /** nginx's r->http_version: 9, 1000, 1001. An upstream that answers without a head makes it 9: no head is sent then. */
  version: number;
  readonly headersIn: HeadersIn;
  /** `$host`: from the request line or Host, validated and lowercased; '' when neither is there. */
  readonly host: string;
  /** Who asks; realip may change it, and `remoteAddr` with it. */
  client: Address;
  readonly local: Address;
  /** `$remote_addr`: the client's address in text. */
  remoteAddr: string;
  /** What the PROXY protocol says of the client; null when nothing does. */
  readonly proxyHeader: ProxyHeader | null;
  readonly server: ServerPlan;
  readonly location: LocationPlan;
  /** True after an internal redirect, for `internal` locations. */
  readonly internal: boolean;
  /** True when the current URI is the one received, so that `proxy_pass` without URI may pass it on raw. */
  readonly validUnparsedUri: boolean;
  /** False after `rewrite … break`: then `proxy_pass` ignores its URI part. */
  readonly validLocation: boolean;
  /** True when the received URI had escapes, dots or doubled slashes that were undone (nginx: quoted_uri / complex_uri). */
  readonly quotedUri: boolean;
  /** HEAD. */
  readonly headerOnly: boolean;
  /** Clock.monotonic() at the first byte. */
  readonly startedAt: number;

  status: number;
  /** The response may be cut into ranges; with `singleRange`, into one at most. */
  allowRanges: boolean;
  singleRange: boolean;
  /** The client's copy is not compared with this response (nginx: disable_not_modified). */
  comparesNot: boolean;
  /** Its output is not wanted by anyone (NGX_HTTP_SUBREQUEST_BACKGROUND). */
  readonly isBackground: boolean;
  readonly headersOut: HeadersOut;
  readonly headerSent: boolean;
  /** Nothing more happens to it. */
  readonly done: boolean;
  /** Bytes a second for the client once they are decided, 0 for no limit (nginx: limit_rate, limit_rate_set). */
  limitRate: number | undefined;
  /** Bytes of body handed to the client's connection so far. */
  readonly bodyBytesSent: number;

  /** One entry for each upstream attempt, for `$upstream_*` and the log. */
  readonly upstreamAttempts: UpstreamAttempt[];
  upstreamName: string;
  /** The upstream request that answers, or answered last; `$upstream_http_…` look into it. */
  upstreamSide?: unknown;
  /** What is asked of an upstream now, for the error log: `http://10.0.0.7:80/x`; '' when nothing is. */
  upstreamUrl?: string;

  /** What the last regular expression that matched has captured: `$1` … `$9`; null when none did. */
  captures: readonly (string | undefined)[] | null;
  /** Values of variables that the configuration sets (`set`, named captures), by the index that planning gives them. */
  readonly values: (string | undefined)[];
  /** The value of a variable by name, computed and cached as nginx does; undefined when not found. */
  variable(name: string): string | undefined;
  /** Runs when the request is over and logged (ngx_pool_cleanup_add). */
  cleanup(run: () => void): void;
  /** A module's own data on this request. */
  readonly moduleData: Map<unknown, unknown>;

  /**
   * Reads the whole request body, then calls `then` (possibly at once); 413, 408 and 400 are answered by the engine. With
   * `streams` it goes on with what is here; `rest` is what is still to come then, null when that was all (request_body_no_buffering).
   */
  readBody(then: (body: RequestBody, rest: BodyStream | null) => void, streams?: boolean): void;

  /**
   * The same into a file that the request takes away when it ends: in the directory of request bodies or, where that may
   * not be written to, beside `place`. `mode` has its permission bits.
   */
  readBodyIntoFile(mode: number, place: string, then: (path: string) => void): void;

  /** Runs the header filters and writes the head; false when another response takes the place of this one. */
  sendHeader(): boolean;
  /** Passes body bytes through the filters; false when the client is slow: wait for `onWritable`. */
  write(chunk: Buffer): boolean;
  onWritable: (() => void) | null;
  /** True when nobody looks at what was written any more: it is with the kernel. */
  readonly allSent: boolean;
  /** Called when the client has taken the whole response. */
  whenSent: (() => void) | null;
  /** Sends what is held back, the head included (NGX_HTTP_FLUSH); without it bytes may wait for more or for `endBody`. */
  flush(): void;
  /** Sends what has passed the filters; they may go on holding back (nginx: recycled buffers). */
  sendHeld(): void;
  /**
   * Hands the client's socket over after a 101 head (ngx_http_upstream_upgrade); bytes that were read too early come
   * first. The engine forgets the socket and is told by `finalize(0)` that it is over.
   */
  takeSocket(): TakenSocket | null;
  /** The body is complete. */
  endBody(): void;
  /** What a subrequest in memory has written. */
  readonly collected: Buffer | null;
  /** Answers with a status and a whole body, through all filters, and finalizes. HEAD gets the head alone. */
  respond(status: number, contentType: string, body: Buffer | string): void;
  /** Called when the client goes away before the response is complete (499). */
  onClientAbort: (() => void) | null;

  /**
   * Ends the request (nginx: ngx_http_finalize_request): a status of 300 and more, or 201/204, sends its special response
   * when no header was sent yet; 0 means that the response is complete; 444 closes; -1 closes a truncated response.
   */
  finalize(status: number): void;
  /**
   * Makes a request for another URI of the same server, whose output comes behind what this one has written so far
   * (ngx_http_subrequest). It starts in a later turn. Null when there are too many, which has been logged then.
   */
  subrequest(uri: string, options?: SubrequestOptions): Request | null;
  /** Starts over at another URI inside the server (ngx_http_internal_redirect); `@name` jumps to a named location. */
  redirect(uri: string, args: string): void;
  /** Switches to a nameless location (`if`, `limit_except`) without a new search (ngx_http_update_location_config). */
  enter(location: LocationPlan): void;
  /** True when an `error_page` of the location stands for this status (proxy_intercept_errors). */
  hasErrorPage(status: number): boolean;
  /** Writes to the error log with this request's client, server, request line and host behind the message. */
  log(level: LogLevel, message: string): void;
}

/** A client's socket that the engine has handed over. */
export interface TakenSocket {
  readonly socket: Socket;
  readonly early: Buffer | null;
  /** Counts bytes that were written to it, for the log. */
  sent(bytes: number): void;
}

/** What a subrequest is made for. */
export interface SubrequestOptions {
  readonly args?: string;
  /** GET unless given. */
  readonly method?: string;
  /** It goes on where the request that makes it is, in its location (NGX_HTTP_SUBREQUEST_CLONE). */
  readonly clone?: boolean;
  /** Only its status and fields are wanted. */
  readonly headerOnly?: boolean;
  /** It gets no body; otherwise what has been read of the client's. */
  readonly withoutBody?: boolean;
  /** Its output is thrown away, and the main request goes on without it (NGX_HTTP_SUBREQUEST_BACKGROUND). */
  readonly background?: boolean;
  /** Its output goes to `Request.collected`, up to subrequest_output_buffer_size (NGX_HTTP_SUBREQUEST_IN_MEMORY). */
  readonly inMemory?: boolean;
  /** Called whenever it is finalized; what it returns takes the status's place (ngx_http_post_subrequest_t). */
  readonly finalized?: (sr: Request, status: number) => number;
  /** Called when it has answered, its output perhaps not sent. */
  readonly done?: (sr: Request) => void;
}

export interface HeadersIn {
  /** All fields in order of arrival, with the client's spelling. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** Lowercased names, index by index. */
  readonly lower: readonly string[];
  /** The value of the first field with that lowercased name; undefined when absent. */
  get(lower: string): string | undefined;
  /** Content-Length, or -1; a chunked body's length once it has been read. */
  contentLength: number;
  readonly chunked: boolean;
}

export interface HeadersOut {
  contentType: string;
  /** -1 when not known. */
  contentLength: number;
  /** Seconds since the epoch, or -1. */
  lastModified: number;
  /** As the handler set it; the engine makes it absolute when it starts with `/`. '' when there is none. */
  location: string;
  /** Everything else, in order: name, value, name, value … */
  readonly list: string[];
  /** The status line after `HTTP/1.1 ` when an upstream gave one of its own, code included: `404 Gone Fishing`; '' otherwise. */
  statusText: string;
  /** The charset that an upstream asks for (X-Accel-Charset). */
  overrideCharset?: string;
  /** True when `list` has the upstream's own Server or Date (proxy_pass_header), so that the engine adds none. */
  ownServer?: boolean;
  ownDate?: boolean;
}

/** What is still to come of a request's body. */
export interface BodyStream {
  /** All of it has been handed on. */
  readonly done: boolean;
  /** From now on it is handed on as it comes. */
  flowTo(taker: BodyTaker): void;
  /** Nothing is wanted until it shall flow again. */
  hold(): void;
  letFlow(): void;
  /** Nobody wants it any more. */
  stop(): void;
}

/** Takes a body as it comes. */
export interface BodyTaker {
  /** `last` comes once, possibly with nothing. */
  take(chunks: readonly Buffer[], last: boolean): void;
  /** No more comes; `answer` tells the client, which is for whoever has not begun to answer. */
  bodyFails(status: number, answer: () => void): void;
}

export interface RequestBody {
  readonly length: number;
  /** The bytes, in order. */
  readonly chunks: readonly Buffer[];
}

/** One attempt at one peer (nginx: ngx_http_upstream_state_t); times in milliseconds, -1 when not reached. */
export interface UpstreamAttempt {
  addr: string;
  status: number;
  connectTime: number;
  headerTime: number;
  responseTime: number;
  responseLength: number;
  bytesSent: number;
  bytesReceived: number;
}
