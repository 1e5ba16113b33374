import type { Clock, ConnectOptions, Network, Socket, SocketHandler, SystemError } from '../../host/host.ts';
import { Deadline } from '../deadline.ts';
import type { Peer } from './peer.ts';

/** Who uses a connection at the moment. */
export interface ConnectionOwner {
  connected(): void;
  received(chunk: Buffer): void;
  /** The upstream has sent FIN. */
  finished(): void;
  drained(): void;
  /** The connection is gone; null after an orderly close. */
  lost(error: SystemError | null): void;
  timedOut(): void;
}

/** Where idle connections are. */
export interface IdlePool {
  /** An idle connection has closed. */
  forget(connection: UpstreamConnection): void;
}

/**
 * A connection to a peer, used by one request after another (nginx: ngx_connection_t of a peer). It handles the
 * socket's events for life and hands them to its owner; without one it is idle, and whatever happens closes it.
 */
export class UpstreamConnection implements SocketHandler {
  owner: ConnectionOwner | null;
  readonly addressKey: string;
  readonly socket: Socket;
  readonly deadline: Deadline;
  readonly startedAt: number;
  /** Requests it has carried, the current one included. */
  requests = 0;
  /** True from the moment it is connected until it closes. */
  open = false;
  /** The location that used it last; `keepalive … local` looks at it. */
  tag: unknown = null;
  /** Bytes given to the socket for the current request. */
  sent = 0;
  private eof = false;
  private pool: IdlePool | null = null;

  /** `from` is the local address to connect from. */
  constructor(network: Network, clock: Clock, peer: Peer, owner: ConnectionOwner, from: ConnectOptions | null = null) {
    this.owner = owner;
    this.addressKey = peer.addressKey;
    this.startedAt = clock.monotonic();
    this.deadline = new Deadline(clock, () => this.expired());
    this.socket = network.connect(peer.address, from ?? {});
    this.socket.handler = this;
  }

  /** True when nothing more will come. */
  get atEnd(): boolean {
    return this.eof;
  }

  /** Leaves it idle in a pool. */
  rest(pool: IdlePool, milliseconds: number): void {
    this.owner = null;
    this.pool = pool;
    this.deadline.set(milliseconds);
  }

  /** Takes it out of its idleness. */
  wake(owner: ConnectionOwner): void {
    this.owner = owner;
    this.pool = null;
    this.sent = 0;
    this.deadline.clear();
  }

  /** Closes it; its owner hears no more of it. */
  close(): void {
    this.owner = null;
    this.open = false;
    this.deadline.stop();
    this.socket.destroy();
  }

  connected(): void {
    this.open = true;
    this.owner?.connected();
  }

  data(chunk: Buffer): void {
    if (this.owner) this.owner.received(chunk);
    else this.dropIdle();
  }

  end(): void {
    this.eof = true;
    if (this.owner) this.owner.finished();
    else this.dropIdle();
  }

  drained(): void {
    this.owner?.drained();
  }

  closed(error: SystemError | null): void {
    this.open = false;
    this.eof = true;
    this.deadline.stop();
    const { owner } = this;
    this.owner = null;
    if (owner) owner.lost(error);
    else if (this.pool) this.dropIdle();
  }

  private expired(): void {
    if (this.owner) this.owner.timedOut();
    else this.dropIdle();
  }

  /** ngx_http_upstream_keepalive_close_handler */
  private dropIdle(): void {
    const { pool } = this;
    this.pool = null;
    pool?.forget(this);
    this.close();
  }
}
