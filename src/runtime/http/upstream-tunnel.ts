import type { Socket, SocketHandler } from '../../host/host.ts';
import type { UpstreamConnection } from '../upstream/connection.ts';
import type { TakenSocket } from './request.ts';
import type { UpstreamConf } from './upstream-plan.ts';

/** Who is told how a tunnel ends: 0, or 504 when nobody has spoken for too long. */
interface TunnelOwner {
  finish(status: number): void;
  /** Bytes the upstream sent after its head. */
  takeEarly(): Buffer | null;
}

/** Passes bytes both ways after 101 Switching Protocols (ngx_http_upstream_process_upgraded). */
export function startTunnel(
  owner: TunnelOwner,
  client: TakenSocket | null,
  upstream: UpstreamConnection,
  conf: UpstreamConf,
): void {
  if (!client) {
    owner.finish(-1);
    return;
  }
  const { socket } = client;
  let over = false;
  const end = (status: number) => {
    if (over) return;
    over = true;
    socket.end();
    owner.finish(status);
  };
  const pass = (chunk: Buffer, from: Socket, to: Socket) => {
    upstream.deadline.set(conf.readTimeout);
    if (!to.write(chunk)) from.pause();
  };
  const fromClient: SocketHandler = {
    data: (chunk) => pass(chunk, socket, upstream.socket),
    end: () => end(0),
    drained: () => upstream.socket.resume(),
    closed: () => end(0),
  };
  upstream.owner = {
    connected() {},
    received: (chunk) => {
      client.sent(chunk.length);
      pass(chunk, upstream.socket, socket);
    },
    finished: () => end(0),
    drained: () => socket.resume(),
    lost: () => end(0),
    timedOut: () => end(504),
  };
  socket.handler = fromClient;
  upstream.deadline.set(conf.readTimeout);
  const early = owner.takeEarly();
  if (early) {
    client.sent(early.length);
    socket.write(early);
  }
  if (client.early) upstream.socket.write(client.early);
  socket.resume();
}
