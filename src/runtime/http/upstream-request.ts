import type { SystemError } from '../../host/host.ts';
import type { ResponseHead } from '../codec/http1-response.ts';
import type { SkipReason } from '../events.ts';
import { type ConnectionOwner, UpstreamConnection } from '../upstream/connection.ts';
import type { Balancing, Peer, Selection } from '../upstream/peer.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Request, RequestBody, UpstreamAttempt } from './request.ts';
import { systemErrorText } from './system-error-text.ts';
import { copyResponseHeaders, type HeadersTarget } from './upstream-headers.ts';
import { ResponsePipe } from './upstream-pipe.ts';
import { type NextReason, nextReasons, type UpstreamConf, type UpstreamEnvironment } from './upstream-plan.ts';
import { startTunnel } from './upstream-tunnel.ts';

/** What a protocol makes of bytes while it waits for the head. */
export type HeadProgress = 'done' | 'more' | 'none' | 'invalid' | 'too-big' | 'closed';

enum Phase {
  idle,
  connecting,
  sending,
  header,
  body,
  over,
}

const actions = [
  'connecting to upstream',
  'connecting to upstream',
  'sending request to upstream',
  'reading response header from upstream',
  'reading upstream',
  'sending to client',
];

const statusOf: Partial<Record<NextReason, number>> = {
  timeout: 504,
  http_504: 504,
  http_500: 500,
  http_503: 503,
  http_403: 403,
  http_404: 404,
  http_429: 429,
};
const reasonOfStatus: Partial<Record<number, NextReason>> = {
  500: 'http_500',
  502: 'http_502',
  503: 'http_503',
  504: 'http_504',
  403: 'http_403',
  404: 'http_404',
  429: 'http_429',
};

/**
 * One request's way through peers (ngx_http_upstream.c): choose, connect, send, read the head, pass the body on, try the
 * next peer where that is allowed. Protocols fill in what goes over the wire.
 */
export abstract class UpstreamRequest implements ConnectionOwner, Balancing {
  /** True when the upstream lets the connection be used again (nginx: u->keepalive). */
  keepalive = false;
  buffering: boolean;
  protected connection: UpstreamConnection | null = null;
  protected pipe: ResponsePipe | null = null;
  private phase: Phase = Phase.idle;
  private upstream: Upstream | null = null;
  private selection: Selection | null = null;
  private peer: Peer | null = null;
  private attempt: UpstreamAttempt | null = null;
  private attemptStarted = 0;
  private firstStarted = 0;
  private cached = false;
  private requestSent = false;
  private requestBodySent = false;
  private headerSent = false;
  private pieces: readonly Buffer[] = none;
  private unsent = 0;
  private body: RequestBody | null = null;

  constructor(
    readonly r: Request,
    readonly conf: UpstreamConf,
    protected readonly env: UpstreamEnvironment,
  ) {
    this.buffering = conf.buffering;
  }

  /** The last response's head. */
  abstract readonly head: ResponseHead;
  /** The URI asked for, for the error log. */
  abstract readonly uri: string;
  /** Bytes that come before the request's body, the same for every attempt. */
  protected abstract requestHead(): string;
  /** The body as it goes over the wire. */
  protected abstract requestBody(body: RequestBody): readonly Buffer[];
  /** Forgets the last attempt's response. */
  protected abstract reset(): void;
  /** Takes bytes in until the head is complete. */
  protected abstract headBytes(chunk: Buffer): HeadProgress;
  /** The head is on its way to the client: the body starts, with what has come of it already. */
  protected abstract bodyStarts(): void;
  /** Takes bytes of the body in. */
  protected abstract bodyBytes(chunk: Buffer): void;
  /** Bytes that came after the head, for a tunnel. */
  abstract takeEarly(): Buffer | null;
  /** The upstream closes during the body; true when the body may end so. */
  protected abstract bodyMayEnd(): boolean;

  /** Starts; the balancer chooses the first peer (ngx_http_upstream_init_request). */
  start(upstream: Upstream, body: RequestBody | null): void {
    const { r, conf, env } = this;
    r.upstreamSide = this;
    if (r.upstreamAttempts.length > 0) r.upstreamAttempts.push(newAttempt());
    if (!conf.ignoreClientAbort) r.onClientAbort = () => this.abort();
    this.upstream = upstream;
    this.body = body;
    r.upstreamName = upstream.name;
    const selection = upstream.balancer.select(upstream.key(r));
    if (conf.nextUpstreamTries > 0 && selection.tries > conf.nextUpstreamTries) selection.tries = conf.nextUpstreamTries;
    this.selection = selection;
    this.firstStarted = env.clock.monotonic();
    this.connect();
  }

  // What a balancer looks at.

  seconds(): number {
    return Math.floor(this.env.clock.now() / 1000);
  }

  random(): number {
    return this.env.random();
  }

  get skipped(): ((peer: Peer, reason: SkipReason) => void) | null {
    const { listener } = this.env.events;
    if (!listener) return null;
    return (peer, reason) =>
      listener({ type: 'peer-skipped', id: this.r.id, upstream: this.upstream?.name ?? '', peer: peer.name, reason });
  }

  disabled(): void {
    this.log('warn', 'upstream server temporarily disabled');
  }

  // ngx_http_upstream_connect

  private connect(): void {
    const { env, selection, upstream, r } = this;
    if (!selection || !upstream) return;
    const now = env.clock.monotonic();
    this.phase = Phase.connecting;
    if (this.attempt && this.attempt.responseTime < 0) this.attempt.responseTime = now - this.attemptStarted;
    const attempt = newAttempt();
    this.attempt = attempt;
    r.upstreamAttempts.push(attempt);
    this.attemptStarted = now;
    const peer = selection.next(this);
    if (!peer) return this.noLivePeer(upstream);
    attempt.addr = peer.name;
    this.peer = peer;
    peer.requests++;
    const { listener } = env.events;
    if (listener)
      listener({ type: 'peer-chosen', id: r.id, upstream: upstream.name, peer: peer.name, method: upstream.balancer.method });
    if (this.requestSent) {
      this.reset();
      this.keepalive = false;
      this.buffering = this.conf.buffering;
    }
    this.requestSent = false;
    this.requestBodySent = false;
    const kept = upstream.keepalive?.take(peer, this.conf, this) ?? null;
    this.cached = kept !== null;
    if (kept) {
      this.connection = kept;
      this.connected();
      return;
    }
    this.connection = new UpstreamConnection(env.network, env.clock, peer, this);
    this.connection.deadline.set(this.conf.connectTimeout);
  }

  private noLivePeer(upstream: Upstream): void {
    if (this.attempt) this.attempt.addr = upstream.name;
    const { listener } = this.env.events;
    if (listener) listener({ type: 'no-peer', id: this.r.id, upstream: upstream.name });
    this.log('error', 'no live upstreams');
    this.next('nolive');
  }

  // ngx_http_upstream_send_request

  connected(): void {
    const { connection, attempt } = this;
    if (!connection || !attempt || this.phase !== Phase.connecting) return;
    this.phase = Phase.sending;
    attempt.connectTime = this.env.clock.monotonic() - this.attemptStarted;
    connection.requests++;
    this.requestSent = true;
    const body = this.body && this.body.length > 0 ? this.body : null;
    const head = this.requestHead();
    const pieces = body ? this.requestBody(body) : none;
    this.pieces = pieces;
    this.unsent = 0;
    const first = pieces[0];
    if (first && pieces.length === 1 && first.length < 16384) {
      this.unsent = 1;
      this.sendOn(this.write(withHead(head, first)));
    } else this.sendOn(this.write(head));
  }

  /** Goes on with the body while the upstream takes it. */
  private sendOn(fast: boolean): void {
    const { connection, conf } = this;
    let ready = fast;
    while (ready && this.unsent < this.pieces.length) ready = this.write(this.pieces[this.unsent++] as Buffer);
    if (!connection || this.connection !== connection) return;
    if (!ready) {
      connection.deadline.set(conf.sendTimeout);
      return;
    }
    this.requestBodySent = true;
    if (this.phase !== Phase.sending) return;
    this.phase = Phase.header;
    connection.deadline.set(conf.readTimeout);
  }

  private write(bytes: Buffer | string): boolean {
    const { connection } = this;
    if (!connection) return false;
    connection.sent += bytes.length;
    return connection.socket.write(bytes);
  }

  drained(): void {
    if (this.connection && this.requestSent && !this.requestBodySent) this.sendOn(true);
  }

  // ngx_http_upstream_process_header

  received(chunk: Buffer): void {
    const { attempt, connection } = this;
    if (!attempt || !connection) return;
    attempt.bytesReceived += chunk.length;
    if (this.phase === Phase.body) {
      attempt.responseLength += chunk.length;
      connection.deadline.set(this.conf.readTimeout);
      this.bodyBytes(chunk);
      return;
    }
    const progress = this.headBytes(chunk);
    if (progress === 'more') return;
    if (progress === 'done' || progress === 'none') this.headDone(progress === 'none');
    else if (progress === 'closed') this.next('error');
    else {
      this.phase = Phase.header;
      this.log('error', progress === 'too-big' ? 'upstream sent too big header' : this.head.problem);
      this.next('invalid_header');
    }
  }

  private headDone(noHead: boolean): void {
    const { attempt, head, connection } = this;
    if (!attempt || !connection) return;
    this.phase = Phase.header;
    if (noHead) {
      this.log('error', 'upstream sent no valid HTTP/1.0 header');
      this.r.version = 9;
      head.close = true;
    }
    if (head.warnings) for (const warning of head.warnings) this.log('warn', warning);
    attempt.status = noHead ? 200 : head.status;
    attempt.headerTime = this.env.clock.monotonic() - this.attemptStarted;
    if (head.status >= 300 && (this.testNext(head.status) || this.intercept(head.status))) return;
    const target = copyResponseHeaders(this);
    if (target) this.accelRedirect(target);
    else this.sendResponse();
  }

  /** ngx_http_upstream_test_next */
  private testNext(status: number): boolean {
    const reason = reasonOfStatus[status];
    if (!reason || !this.selection || this.selection.tries <= 1 || !this.nextAllowed(reason)) return false;
    this.next(reason);
    return true;
  }

  /** ngx_http_upstream_intercept_errors */
  private intercept(status: number): boolean {
    if (!this.conf.interceptErrors || !this.r.hasErrorPage(status)) return false;
    const { head, r } = this;
    if (status === 401) {
      for (let i = 0; i < head.names.length; i++) {
        if (head.lower[i] === 'www-authenticate') r.headersOut.list.push(head.names[i] as string, head.values[i] as string);
      }
    }
    this.finish(status);
    return true;
  }

  private accelRedirect({ uri, args, unsafe }: HeadersTarget): void {
    const { r } = this;
    this.release();
    r.onClientAbort = null;
    if (unsafe) r.finalize(404);
    else {
      if (!uri.startsWith('@') && r.method !== 'HEAD') r.method = 'GET';
      r.redirect(uri, args);
    }
  }

  // ngx_http_upstream_send_response

  private sendResponse(): void {
    const { r, conf, connection } = this;
    const upgrade = this.head.status === 101 && r.headersIn.get('upgrade') !== undefined;
    r.sendHeader();
    if (this.phase === Phase.over || !connection) return;
    this.headerSent = true;
    this.phase = Phase.body;
    if (upgrade) {
      this.keepalive = false;
      startTunnel(this, r.takeSocket(), connection, conf);
      return;
    }
    if (r.headerOnly || r.status === 204 || r.status === 304) return this.finish(0);
    this.pipe = new ResponsePipe(r, this.buffering, conf, Math.max(1, conf.bufferSize - this.head.length), connection.socket);
    if (!this.buffering) r.flush();
    if (this.requestBodySent) connection.deadline.set(conf.readTimeout);
    this.bodyStarts();
  }

  /** Bytes of the body that came with the head. */
  protected countEarlyBody(bytes: number): void {
    if (this.attempt) this.attempt.responseLength += bytes;
  }

  /** The body is complete (nginx: upstream_done). */
  protected bodyDone(): void {
    this.finish(0);
  }

  /** The body cannot be completed. */
  protected bodyBroken(problem: string): void {
    this.log('error', problem);
    this.finish(502);
  }

  finished(): void {
    if (this.phase === Phase.body) this.bodyEnds(null);
    else this.closedEarly(null);
  }

  lost(error: SystemError | null): void {
    if (this.phase === Phase.body) this.bodyEnds(error);
    else this.closedEarly(error);
  }

  private bodyEnds(error: SystemError | null): void {
    if (!error && this.bodyMayEnd()) {
      this.keepalive = false;
      this.finish(0);
      return;
    }
    this.log('error', error ? `readv() failed (${systemErrorText(error)})` : 'upstream prematurely closed connection');
    this.finish(502);
  }

  private closedEarly(error: SystemError | null): void {
    if (this.phase === Phase.connecting) this.log('error', `connect() failed (${systemErrorText(error)})`);
    else {
      this.phase = Phase.header;
      this.log('error', error ? `recv() failed (${systemErrorText(error)})` : 'upstream prematurely closed connection');
    }
    this.next('error');
  }

  timedOut(): void {
    if (this.phase !== Phase.body) return this.next('timeout');
    this.log('error', 'upstream timed out (110: Connection timed out)');
    this.finish(this.buffering ? 502 : 504);
  }

  /** ngx_http_upstream_check_broken_connection */
  abort(): void {
    if (this.phase === Phase.over) return;
    this.log('info', `client prematurely closed connection${this.connection ? ', so upstream connection is closed too' : ''}`);
    this.finish(499);
  }

  // ngx_http_upstream_next

  private nextAllowed(reason: NextReason): boolean {
    const { conf, r } = this;
    let wanted: number = nextReasons[reason];
    if (this.requestSent && (r.method === 'POST' || r.method === 'LOCK' || r.method === 'PATCH'))
      wanted |= nextReasons.non_idempotent;
    if ((conf.nextUpstream & wanted) !== wanted) return false;
    return conf.nextUpstreamTimeout === 0 || this.env.clock.monotonic() - this.firstStarted < conf.nextUpstreamTimeout;
  }

  private next(reason: NextReason): void {
    const { attempt, peer, selection, connection, env } = this;
    if (this.phase === Phase.over || !attempt || !selection) return;
    if (connection) attempt.bytesSent = connection.sent;
    const gentle = reason === 'http_403' || reason === 'http_404';
    this.peer = null;
    if (peer) {
      if (gentle) this.keepConnection();
      selection.free(peer, gentle ? 'next' : 'failed', this);
    }
    if (reason === 'timeout') this.log('error', 'upstream timed out (110: Connection timed out)');
    if (this.cached && reason === 'error') selection.tries++;
    const status = statusOf[reason] ?? 502;
    attempt.status = status;
    const again = selection.tries > 0 && this.nextAllowed(reason);
    const { listener } = env.events;
    if (listener && peer)
      listener({ type: 'peer-failed', id: this.r.id, upstream: this.upstream?.name ?? '', peer: peer.name, reason, next: again });
    if (!again) return this.finish(status);
    this.connection?.close();
    this.connection = null;
    this.connect();
  }

  /** Saves the connection for later when it is whole; it is no longer ours then. */
  private keepConnection(): void {
    const { connection, upstream } = this;
    if (!connection || !this.keepalive || !this.requestBodySent || !upstream?.keepalive) return;
    connection.deadline.clear();
    if (upstream.keepalive.keep(connection, this.conf, this.env.clock.monotonic())) this.connection = null;
  }

  // ngx_http_upstream_finalize_request

  /** Gives back peer and connection. */
  private release(): void {
    const { attempt, connection, peer, selection } = this;
    this.phase = Phase.over;
    if (attempt && attempt.responseTime < 0) {
      attempt.responseTime = this.env.clock.monotonic() - this.attemptStarted;
      if (connection) attempt.bytesSent = connection.sent;
    }
    this.peer = null;
    if (peer && selection) {
      this.keepConnection();
      selection.free(peer, 'ok', this);
    }
    this.connection?.close();
    this.connection = null;
  }

  /** Ends it: 0 when the response is complete, otherwise a status. */
  finish(status: number): void {
    if (this.phase === Phase.over) return;
    this.release();
    const { r, pipe } = this;
    r.onClientAbort = null;
    if (!this.headerSent || status === 408 || status === 499) {
      pipe?.drop();
      r.finalize(status);
      return;
    }
    pipe?.end();
    if (status >= 300) {
      r.flush();
      r.finalize(-1);
      return;
    }
    if (pipe) r.endBody();
    r.finalize(0);
  }

  /** Writes to the error log what nginx would, and what was being done. */
  protected log(level: 'error' | 'warn' | 'info', message: string): void {
    const { r, peer, attempt } = this;
    r.upstreamUrl = attempt ? `${this.conf.scheme}${peer ? peer.name : attempt.addr}${this.uri}` : '';
    r.log(level, `${message} while ${actions[this.phase]}`);
  }
}

const none: readonly Buffer[] = [];

function newAttempt(): UpstreamAttempt {
  return {
    addr: '',
    status: 0,
    connectTime: -1,
    headerTime: -1,
    responseTime: -1,
    responseLength: 0,
    bytesSent: 0,
    bytesReceived: 0,
  };
}

function withHead(head: string, body: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, 'latin1');
  body.copy(bytes, head.length);
  return bytes;
}
