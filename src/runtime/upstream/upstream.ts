import type { Script } from '../script.ts';
import type { KeepalivePool } from './keepalive.ts';
import type { Balancer, PeerGroup } from './peer.ts';

/** An `upstream` block (or the implicit one of a `proxy_pass` to an address), ready to run. */
export interface Upstream {
  /** As written. */
  readonly name: string;
  readonly group: PeerGroup;
  readonly balancer: Balancer;
  /** The key the balancer is asked with. */
  readonly key: Script;
  /** True when made from a `proxy_pass` URL rather than from an `upstream` block. */
  readonly implicit: boolean;
  /** Idle connections to its peers; null when none are kept. Set by ngx_http_upstream_keepalive_module. */
  keepalive: KeepalivePool | null;
}
