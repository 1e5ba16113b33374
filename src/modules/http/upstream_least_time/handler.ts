import { handle } from '../../../runtime/hooks.ts';
import { leastTime as byTime } from '../../../runtime/upstream/least-time.ts';
import { httpUpstreamLeastTime } from './directives.ts';

/** `least_time header|last_byte [inflight]` */
export const upstreamLeastTimeHandler = handle(httpUpstreamLeastTime, {
  balancer: ({ leastTime }, group) => leastTime && { balancer: byTime(group, leastTime), key: () => '' },
});
