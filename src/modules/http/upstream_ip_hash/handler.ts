import { handle } from '../../../runtime/hooks.ts';
import { ipHash as byAddress, ipHashKey } from '../../../runtime/upstream/ip-hash.ts';
import { httpUpstreamIpHash } from './directives.ts';

/** `ip_hash` */
export const upstreamIpHashHandler = handle(httpUpstreamIpHash, {
  balancer: ({ ipHash }, group) => (ipHash ? { balancer: byAddress(group), key: (r) => ipHashKey(r.remoteAddr) } : undefined),
});
