import { LeastSelection } from './least.ts';
import type { Balancer, Peer, PeerGroup } from './peer.ts';
import { peerLists } from './round-robin.ts';

/** Fewest connections for its weight; round robin among equals. */
export function leastConn(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'least_conn', select: () => new LeastConnSelection(lists()) };
}

/** ngx_http_upstream_get_least_conn_peer */
class LeastConnSelection extends LeastSelection {
  protected readonly ownLoad = true;

  protected override load({ conns }: Peer): number {
    return conns;
  }
}
