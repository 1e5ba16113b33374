import { handle } from '../../../runtime/hooks.ts';
import { leastConn as fewest } from '../../../runtime/upstream/least-conn.ts';
import { httpUpstreamLeastConn } from './directives.ts';

/** `least_conn` */
export const upstreamLeastConnHandler = handle(httpUpstreamLeastConn, {
  balancer: ({ leastConn }, group) => (leastConn ? { balancer: fewest(group), key: () => '' } : undefined),
});
