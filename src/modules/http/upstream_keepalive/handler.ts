import { handle } from '../../../runtime/hooks.ts';
import { KeepalivePool } from '../../../runtime/upstream/keepalive.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { httpUpstreamKeepalive } from './directives.ts';

/** `keepalive` and what belongs to it; since 1.29.7 there is a pool without asking. */
export const upstreamKeepaliveHandler = handle(httpUpstreamKeepalive, {
  upstream({ keepalive, keepaliveRequests, keepaliveTime, keepaliveTimeout }, upstream, at) {
    const asked = keepalive ?? (isAtLeast(at.version, '1.29.7') ? { connections: 32, local: true } : undefined);
    if (!asked || asked.connections === 0) return undefined;
    const pool = new KeepalivePool({ ...asked, requests: keepaliveRequests, time: keepaliveTime, timeout: keepaliveTimeout });
    upstream.keepalive = pool;
    return pool;
  },
});
