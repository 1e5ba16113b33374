import type { ConnectionOwner, IdlePool, UpstreamConnection } from './connection.ts';
import type { Peer } from './peer.ts';

/** What the `keepalive…` directives say. Times in milliseconds. */
export interface KeepaliveOptions {
  /** Idle connections that are kept at most. */
  readonly connections: number;
  /** True when a location uses its own connections only (1.29.7: `local`). */
  readonly local: boolean;
  readonly requests: number;
  readonly time: number;
  readonly timeout: number;
}

/** Idle connections of one upstream, the most recently used first (ngx_http_upstream_keepalive_module). */
export class KeepalivePool implements IdlePool {
  /** Oldest first. */
  private readonly idle: UpstreamConnection[] = [];

  constructor(readonly options: KeepaliveOptions) {}

  /** ngx_http_upstream_get_keepalive_peer: a connection to that peer, if one is idle. */
  take(peer: Peer, tag: unknown, owner: ConnectionOwner): UpstreamConnection | null {
    const { idle, options } = this;
    for (let i = idle.length - 1; i >= 0; i--) {
      const connection = idle[i] as UpstreamConnection;
      if (connection.addressKey !== peer.addressKey || (options.local && connection.tag !== tag)) continue;
      if (i === idle.length - 1) idle.pop();
      else idle.splice(i, 1);
      connection.wake(owner);
      return connection;
    }
    return null;
  }

  /** ngx_http_upstream_free_keepalive_peer: keeps a connection that is whole; false when it must be closed. */
  keep(connection: UpstreamConnection, tag: unknown, now: number): boolean {
    const { connections, requests, time, timeout } = this.options;
    if (!connection.open || connection.atEnd || connection.requests >= requests || now - connection.startedAt > time)
      return false;
    if (this.idle.length >= connections) this.idle.shift()?.close();
    connection.tag = tag;
    this.idle.push(connection);
    connection.rest(this, timeout);
    return true;
  }

  /** An idle connection has closed. */
  forget(connection: UpstreamConnection): void {
    const at = this.idle.indexOf(connection);
    if (at >= 0) this.idle.splice(at, 1);
  }

  /** Closes what is idle. */
  stop(): void {
    for (const connection of this.idle.splice(0)) connection.close();
  }
}
