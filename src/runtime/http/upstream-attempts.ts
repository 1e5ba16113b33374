import type { SystemError } from '../../host/host.ts';
import type { SkipReason } from '../events.ts';
import type { Lookup } from '../resolver/question.ts';
import { stateText } from '../resolver/resolution.ts';
import { type ConnectionOwner, UpstreamConnection } from '../upstream/connection.ts';
import type { Balancing, Peer, Selection } from '../upstream/peer.ts';
import { type Session, type Upstream, upstreamAt } from '../upstream/upstream.ts';
import { isIpLiteral, type Url } from '../upstream/url.ts';
import { type NextReason, nextReasons } from './next-reasons.ts';
import type { BodyStream, Request, RequestBody, UpstreamAttempt } from './request.ts';
import { failoverOf } from './upstream-failover.ts';
import type { UpstreamConf, UpstreamEnvironment } from './upstream-plan.ts';

/** How far an attempt is. */
export const Phase = { idle: 0, connecting: 1, sending: 2, header: 3, body: 4, over: 5 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

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

/**
 * The peers of one request, tried one after another (the part of ngx_http_upstream.c that does not look at the
 * response): choose, connect, give back, decide whether another one follows.
 */
export abstract class UpstreamAttempts implements ConnectionOwner, Balancing {
  /** True when the upstream lets the connection be used again (nginx: u->keepalive). */
  keepalive = false;
  buffering: boolean;
  attempt: UpstreamAttempt | null = null;
  protected connection: UpstreamConnection | null = null;
  protected phase: Phase = Phase.idle;
  protected attemptStarted = 0;
  protected body: RequestBody | null = null;
  /** What is still to come of the body when it is not read before it is sent. */
  protected bodyRest: BodyStream | null = null;
  protected requestSent = false;
  protected requestBodySent = false;
  private upstream: Upstream | null = null;
  private selection: Selection | null = null;
  private session: Session | null = null;
  private peer: Peer | null = null;
  private firstStarted = 0;
  private cached = false;
  /** A host that is being looked up. */
  private lookup: Lookup | null = null;

  constructor(
    readonly r: Request,
    readonly conf: UpstreamConf,
    protected readonly env: UpstreamEnvironment,
  ) {
    this.buffering = conf.buffering;
  }

  /** The URI asked for, for the error log. */
  abstract readonly uri: string;
  abstract connected(): void;
  abstract received(chunk: Buffer): void;
  abstract finished(): void;
  abstract drained(): void;
  abstract lost(error: SystemError | null): void;
  abstract timedOut(): void;
  /** Ends the request: 0 when the response is complete, otherwise a status. */
  abstract finish(status: number): void;
  /** Forgets the last attempt's response. */
  protected abstract reset(): void;
  protected abstract abort(): void;

  /** Starts with an upstream, or with a host whose addresses are found first (ngx_http_upstream_init_request). */
  start(to: Upstream | Url, body: RequestBody | null, rest: BodyStream | null = null): void {
    const { r, conf } = this;
    r.upstreamSide = this;
    if (r.upstreamAttempts.length > 0) r.upstreamAttempts.push(newAttempt());
    if (!conf.ignoreClientAbort) r.onClientAbort = () => this.abort();
    this.body = body;
    this.bodyRest = rest;
    if ('balancer' in to) this.begin(to);
    else this.find(to);
  }

  /** The addresses of a host that a request has computed. */
  private find(url: Url): void {
    const { r, env } = this;
    const { host, hostText, port } = url;
    const { resolver, resolverTimeout: timeout } = env;
    if (url.unix) this.begin(upstreamAt(url, [host]));
    else if (port === 0) this.unfound(500, `no port in upstream "${hostText}"`);
    else if (isIpLiteral(host)) this.begin(upstreamAt(url, [host]));
    else if (!resolver) this.unfound(502, `no resolver defined to resolve ${hostText}`);
    else {
      let isKnown = false;
      const lookup = resolver.resolve({ name: host, service: '', timeout }, ({ state, addresses }) => {
        isKnown = true;
        this.lookup = null;
        if (state !== 0) this.unfound(502, `${hostText.replace(/\.$/, '')} could not be resolved (${stateText(state)})`);
        else
          this.begin(
            upstreamAt(
              url,
              addresses.map((address) => address.host),
            ),
          );
      });
      if (!isKnown) this.lookup = lookup;
    }
    r.upstreamName = hostText;
  }

  private unfound(status: number, message: string): void {
    this.r.log('error', message);
    this.finish(status);
  }

  /** The balancer chooses the first peer. */
  private begin(upstream: Upstream): void {
    const { r, conf, env } = this;
    this.upstream = upstream;
    r.upstreamName = upstream.name;
    const key = upstream.key(r);
    this.session = upstream.sticky?.(r) ?? null;
    if (env.events.listener) this.tellUpstream(upstream, key);
    const selection = upstream.balancer.select(key);
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

  monotonic(): number {
    return this.env.clock.monotonic();
  }

  get skipped(): ((peer: Peer, reason: SkipReason) => void) | null {
    const { listener } = this.env.events;
    if (!listener) return null;
    return (peer, reason) =>
      listener({ type: 'peer-skipped', id: this.r.id, upstream: this.upstream?.name ?? '', peer: peer.name, reason });
  }

  disabled(peer: Peer): void {
    const { listener } = this.env.events;
    if (listener) listener({ type: 'peer-disabled', id: this.r.id, upstream: this.upstream?.name ?? '', peer: peer.name });
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
    if (this.session) selection.wanted = this.session.wanted();
    const peer = selection.next(this);
    if (!peer) {
      this.noLivePeer(upstream);
      return;
    }
    this.session?.chosen(peer);
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
    const from = this.conf.localAddress?.(r) ?? null;
    this.connection = new UpstreamConnection(env.network, env.clock, peer, this, from);
    this.connection.deadline.set(this.conf.connectTimeout);
  }

  private noLivePeer(upstream: Upstream): void {
    if (this.attempt) this.attempt.addr = upstream.name;
    const { listener } = this.env.events;
    if (listener) listener({ type: 'no-peer', id: this.r.id, upstream: upstream.name });
    this.log('error', 'no live upstreams');
    this.next('nolive');
  }

  private tellUpstream(upstream: Upstream, key: string): void {
    const { r, conf } = this;
    const { name, balancer } = upstream;
    const failover = failoverOf(upstream, { key, wanted: this.session?.wanted() ?? null }, conf, this);
    const subrequest = r.main !== r;
    this.env.events.listener?.({
      type: 'upstream',
      id: r.id,
      upstream: name,
      method: balancer.method,
      key,
      subrequest,
      failover,
    });
  }

  /** Tells what goes to the peer. */
  protected tellSent(head: string): void {
    const { detail } = this.env.events;
    const { r, upstream, peer, conf, body } = this;
    if (!detail || !peer || !upstream) return;
    const { name } = upstream;
    detail({
      type: 'upstream-request',
      id: r.id,
      upstream: name,
      peer: peer.name,
      scheme: conf.scheme,
      head,
      body: body?.length ?? 0,
    });
  }

  /** True when another attempt would follow a response or failure of that kind. */
  protected mayTryNext(reason: NextReason): boolean {
    return this.selection !== null && this.selection.tries > 1 && this.nextAllowed(reason);
  }

  private nextAllowed(reason: NextReason): boolean {
    const { conf, r } = this;
    let wanted: number = nextReasons[reason];
    if (this.requestSent && (r.method === 'POST' || r.method === 'LOCK' || r.method === 'PATCH'))
      wanted |= nextReasons.non_idempotent;
    if ((conf.nextUpstream & wanted) !== wanted || (this.requestSent && this.bodyRest)) return false;
    return conf.nextUpstreamTimeout === 0 || this.env.clock.monotonic() - this.firstStarted < conf.nextUpstreamTimeout;
  }

  /** Gives the peer back and goes on with another one, or gives up (ngx_http_upstream_next). */
  protected next(reason: NextReason): void {
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
    if (!again) {
      this.giveUp(reason, status);
      return;
    }
    this.connection?.close();
    this.connection = null;
    this.connect();
  }

  /** No attempt follows. */
  protected giveUp(_reason: NextReason, status: number): void {
    this.finish(status);
  }

  /** Saves the connection for later when it is whole; it is no longer ours then. */
  private keepConnection(): void {
    const { connection, upstream } = this;
    if (!connection || !this.keepalive || !this.requestBodySent || !upstream?.keepalive) return;
    connection.deadline.clear();
    if (upstream.keepalive.keep(connection, this.conf, this.env.clock.monotonic())) this.connection = null;
  }

  /** The response is this peer's, and passed on: those who balance are told (NGX_HTTP_UPSTREAM_NOTIFY_HEADER). */
  protected answered(): void {
    const { peer, session, selection } = this;
    if (!peer) return;
    session?.answered(peer);
    selection?.answered?.(peer, this);
  }

  // ngx_http_upstream_finalize_request

  /** Gives back peer and connection. */
  protected release(): void {
    const { attempt, connection, peer, selection } = this;
    this.phase = Phase.over;
    if (attempt && attempt.responseTime < 0) {
      attempt.responseTime = this.env.clock.monotonic() - this.attemptStarted;
      if (connection) attempt.bytesSent = connection.sent;
    }
    this.bodyRest?.stop();
    this.lookup?.cancel();
    this.lookup = null;
    this.peer = null;
    if (peer && selection) {
      this.session?.served(peer);
      this.keepConnection();
      selection.free(peer, 'ok', this);
    }
    this.connection?.close();
    this.connection = null;
  }

  /** Writes to the error log what nginx would, and what was being done. */
  protected log(level: 'error' | 'warn' | 'info', message: string): void {
    const { r, peer, attempt } = this;
    r.upstreamUrl = attempt ? `${this.conf.scheme}${peer ? peer.name : attempt.addr}${this.uri}` : '';
    r.log(level, `${message} while ${actions[this.phase]}`);
  }
}

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
