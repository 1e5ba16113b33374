import type { Socket, SocketHandler, SystemError } from '../../host/host.ts';
import type { BodyReader } from '../codec/http1-request-body.ts';
import { RequestHead } from '../codec/http1-request-head.ts';
import type { ProxyHeader } from '../codec/proxy-protocol.ts';
import type { Engine } from '../engine.ts';
import type { CoreSettings } from '../plan/planned.ts';
import { ClientSocket } from './client-socket.ts';
import { terminate } from './finalize.ts';
import { howToEnd, lingers, silenceLeft } from './lingering.ts';
import { closeRequest, logRequest } from './log-request.ts';
import { type HeadConnection, type RequestSource, readHead } from './read-head.ts';
import { bodyReaderOf } from './request-body.ts';
import type { BodyReceiver, RequestState } from './request-state.ts';

/** More than this is not read ahead while a request runs. */
const mostAhead = 65_536;

/** One client's connection (nginx: ngx_http_connection_t and the handlers of its events). */
export class HttpConnection extends ClientSocket implements SocketHandler, HeadConnection {
  readonly id: number;
  readonly remoteAddr: string;
  readonly point: RequestSource;
  readonly startedAt: number;
  readonly head: RequestHead;
  /** Bytes not used yet, from `at` on. */
  input: Buffer | null = null;
  at = 0;
  requests = 0;
  proxyHeader: ProxyHeader | null = null;
  /** nginx is reloading or stopping: no further request. */
  exiting = false;
  /** Monotonic time of the first byte of the current request. */
  requestStartedAt = 0;
  private request: RequestState | null = null;
  private bodyReader: BodyReader | null = null;
  private receiver: BodyReceiver | null = null;
  private clientEnded = false;
  private processing = false;
  private released = false;
  private readAhead = false;
  private lingerUntil = 0;
  /** The settings in force while a body is thrown away or the connection lingers. */
  private core: CoreSettings | null = null;
  /** The connection lives on after the request. */
  private stays = false;
  /** Something of the client may still come that nobody reads. */
  private hasMore = false;
  /** Monotonic time until which even a reload or `quit` leaves it open between requests (keepalive_min_timeout). */
  private sparedUntil = 0;
  private readonly forget: (connection: HttpConnection) => void;

  constructor(engine: Engine, point: RequestSource, socket: Socket, forget: (connection: HttpConnection) => void) {
    super(engine, socket);
    this.id = ++engine.connections;
    this.head = new RequestHead(engine.profile.connectTarget);
    this.point = point;
    this.forget = forget;
    this.remoteAddr = socket.remote.kind === 'ip' ? socket.remote.host : 'unix:';
    this.startedAt = engine.now();
    this.deadline.set(this.settings.clientHeaderTimeout);
  }

  /** What the address's default server says; in force until a server is chosen. */
  get settings(): CoreSettings {
    return this.point.serversFor(this.socket.local).first.root.core;
  }

  data(chunk: Buffer): void {
    if (this.state === 'linger') {
      this.keepLingering();
      return;
    }
    if (this.state === 'closed') return;
    this.input = this.input && this.at < this.input.length ? Buffer.concat([this.input.subarray(this.at), chunk]) : chunk;
    this.at = 0;
    if (this.state === 'busy' && !this.receiver) {
      if (this.input.length > mostAhead && !this.paused) this.pause();
      return;
    }
    this.process();
  }

  end(): void {
    this.clientEnded = true;
    const { request } = this;
    if (this.state === 'busy' && request) {
      if (this.receiver) {
        this.receiver.ended();
        return;
      }
      if (request.watchesClient) this.abort(request);
      return;
    }
    if (this.state === 'head') {
      this.endHead(400);
      return;
    }
    // What is queued still leaves; then the socket closes by itself.
    if (this.state === 'linger' && this.socket.queued > 0) return;
    this.close('destroy');
  }

  drained(): void {
    this.full = false;
    if (this.state === 'busy') this.deadline.clear();
    if (!this.held) this.goAhead();
  }

  protected goAhead(): void {
    if (!this.tellDrained()) this.request?.active.onWritable?.();
  }

  closed(_error: SystemError | null): void {
    this.clientEnded = true;
    const { request } = this;
    if (this.state === 'busy' && request) {
      this.full = this.held = false;
      if (request.watchesClient) this.abort(request);
      else if (request.finished) this.drained();
      else if (!request.isPostAction) terminate(request, 499);
    }
    this.close('destroy');
  }

  protected get sendTimeout(): number | undefined {
    return this.request?.location.core.sendTimeout;
  }

  /** A head is complete: `r` runs from now on. */
  begin(r: RequestState): void {
    this.state = 'busy';
    this.request = r;
    r.pipelined = this.readAhead;
    this.requests++;
    this.bodyReader = bodyReaderOf(r);
    this.deadline.clear();
  }

  /** The reader of the current request's body. */
  takeBodyReader(r: RequestState): BodyReader | null {
    return r === this.request ? this.bodyReader : null;
  }

  /** From now on body bytes go to `receiver`, beginning with those that are here. */
  receiveBody(receiver: BodyReceiver | null): void {
    this.receiver = receiver;
    if (!receiver) {
      if (!this.full) this.deadline.clear();
      return;
    }
    const { request } = this;
    if (this.input && this.at < this.input.length) this.at = receiver.feed(this.input, this.at);
    if (this.receiver !== receiver || !request) return;
    if (this.clientEnded) {
      receiver.ended();
      return;
    }
    this.deadline.set(request.location.core.clientBodyTimeout);
    this.resume();
  }

  holdBody(): void {
    this.pause();
    if (!this.full) this.deadline.clear();
  }

  releaseBody(): void {
    if (!this.receiver || !this.request) return;
    this.deadline.set(this.request.location.core.clientBodyTimeout);
    this.resume();
  }

  /** A request is over: `normal` when its response is complete, `close` when it is cut, `destroy` when nobody waits for it. */
  finish(r: RequestState, how: 'normal' | 'close' | 'destroy' | 'reset'): void {
    if (r !== this.request) return;
    this.core = r.location.core;
    // nginx: r->reading_body
    const isReading = this.receiver !== null;
    this.stays = how === 'normal' && r.keepalive && !r.filterFinalized && !isReading;
    closeRequest(r);
    this.request = this.receiver = null;
    if (how === 'destroy' || how === 'reset' || this.released || this.state === 'closed') {
      this.close(how === 'reset' ? how : 'destroy');
      return;
    }
    const unread = this.bodyReader !== null && !this.bodyReader.done;
    this.hasMore = r.pipelined || r.headersIn.chunked || r.headersIn.contentLength > 0;
    if (unread && how === 'normal' && !this.clientEnded && !isReading) {
      this.drain();
      return;
    }
    this.goOn();
  }

  /** Hands the socket over; what was read too early goes along. */
  release(): { readonly socket: Socket; readonly early: Buffer | null } | null {
    if (this.state !== 'busy') return null;
    const early = this.input && this.at < this.input.length ? this.input.subarray(this.at) : null;
    this.input = null;
    this.deadline.clear();
    this.resume();
    this.released = true;
    return { socket: this.socket, early };
  }

  /** Closes between requests; before the first one, or in the middle of one, it ends with that (ngx_close_idle_connections). */
  closeIdle(): void {
    this.exiting = true;
    if (this.state !== 'idle' || this.requests === 0) return;
    const spared = this.sparedUntil - this.engine.now();
    if (spared > 0) this.deadline.set(spared);
    else this.close('end');
  }

  /** Closes whatever goes on. */
  destroy(): void {
    const { request } = this;
    // Whoever has taken the socket over is told by it, and ends the request.
    if (this.released) this.socket.destroy();
    else if (request) terminate(request, 0);
    if (!this.released) this.close('destroy');
  }

  /** Works on what has arrived; requests that are answered at once do not nest. */
  process(): void {
    if (this.processing) return;
    this.processing = true;
    while (this.input && this.at < this.input.length && this.advance(this.input)) {
      // Each turn uses some of the input.
    }
    this.processing = false;
  }

  private advance(input: Buffer): boolean {
    switch (this.state) {
      case 'idle':
        this.state = 'head';
        this.requestStartedAt = this.engine.now();
        this.head.restart(this.at);
        if (this.requests > 0) this.deadline.set(this.settings.clientHeaderTimeout);
        return true;
      case 'head': {
        const used = this.at;
        if (!readHead(this, input)) return this.keepHead(used);
        return true;
      }
      case 'busy':
        if (!this.receiver) return false;
        this.at = this.receiver.feed(input, this.at);
        if (this.receiver && !this.paused) this.deadline.set((this.request as RequestState).location.core.clientBodyTimeout);
        return true;
      case 'drain':
        return this.drainMore(input);
      default:
        return false;
    }
  }

  /** The head is incomplete: scanning goes on in a buffer that begins where the head begins. */
  private keepHead(from: number): false {
    if (from > 0 && this.input && this.state === 'head') {
      this.input = this.input.subarray(from);
      this.at = 0;
      this.head.restart(0);
    }
    return false;
  }

  /** The next request, or the end. */
  private goOn(): void {
    const { keepaliveTimeout, keepaliveMinTimeout } = this.core as CoreSettings;
    const mayStay = keepaliveMinTimeout > 0 || (!this.exiting && keepaliveTimeout.timeout > 0);
    if (this.stays && mayStay && !this.clientEnded) this.next();
    else this.leave();
  }

  private drain(): void {
    const { lingeringTime, lingeringTimeout } = this.core as CoreSettings;
    this.state = 'drain';
    this.lingerUntil = this.engine.now() + lingeringTime;
    this.deadline.set(lingeringTimeout);
    this.resume();
    this.process();
  }

  // ngx_http_discarded_request_body_handler
  private drainMore(input: Buffer): boolean {
    const reader = this.bodyReader as BodyReader;
    const core = this.core as CoreSettings;
    const end = reader.read(input, this.at, () => undefined);
    if (end < 0 || this.engine.now() > this.lingerUntil) {
      this.close('end');
      return false;
    }
    this.at = end;
    if (!reader.done) this.deadline.set(core.lingeringTimeout);
    else this.goOn();
    return true;
  }

  /** Waits for the next request, or takes the one that is here already (ngx_http_set_keepalive). */
  private next(): void {
    const { keepaliveTimeout, keepaliveMinTimeout } = this.core as CoreSettings;
    const spared = Math.min(keepaliveTimeout.timeout, keepaliveMinTimeout);
    this.state = 'idle';
    this.sparedUntil = this.engine.now() + spared;
    this.bodyReader = null;
    if (this.input && this.at >= this.input.length) this.input = null;
    this.readAhead = this.input !== null;
    this.resume();
    if (this.input) {
      this.process();
      return;
    }
    this.deadline.set(this.exiting ? spared : keepaliveTimeout.timeout);
  }

  /** Ends our side; a client that may still be sending is waited for, so that it sees the response (ngx_http_set_lingering_close). */
  private leave(): void {
    const core = this.core as CoreSettings;
    const hasUnread = this.input !== null && this.at < this.input.length;
    const isQueued = this.socket.queued > 0;
    this.engine.logs.write();
    if (!isQueued && (this.clientEnded || !lingers(core, this.hasMore, hasUnread))) {
      this.close('end');
      return;
    }
    this.socket.end();
    this.state = 'linger';
    this.input = null;
    this.resume();
    this.lingerUntil = this.engine.now() + core.lingeringTime;
    if (isQueued) this.deadline.set(core.sendTimeout);
    else this.keepLingering();
  }

  private keepLingering(): void {
    const left = silenceLeft(this.core as CoreSettings, this.lingerUntil, this.engine.now());
    if (left > 0) this.deadline.set(left);
    else this.close('destroy');
  }

  /** The client is gone while a module works for it. */
  private abort(request: RequestState): void {
    const tell = request.onClientAbort;
    request.onClientAbort = null;
    tell?.();
    if (!request.done) terminate(request, 499);
  }

  protected timedOut(): void {
    const { request } = this;
    if (this.state === 'busy' && request) {
      if (this.receiver) {
        this.receiver.timedOut();
        return;
      }
      if (this.full) {
        terminate(request, 408);
        return;
      }
      return;
    }
    if (this.state === 'head' && !this.head.untouched) {
      this.endHead(408);
      return;
    }
    this.close('destroy');
  }

  /** A head that never became whole is logged and not answered. */
  private endHead(status: number): void {
    const r = this.point.requestFor(this);
    r.status = status;
    logRequest(r);
    this.close(howToEnd(status, r.location.core));
  }

  private close(how: 'end' | 'destroy' | 'reset'): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.deadline.stop();
    this.forget(this);
    if (this.released) return;
    if (how === 'reset') this.socket.reset();
    if (how === 'end') this.socket.end();
    this.socket.destroy();
  }
}
