import { handle } from '../../../runtime/hooks.ts';
import { random as byChance } from '../../../runtime/upstream/random.ts';
import { httpUpstreamRandom } from './directives.ts';

/** `random [two [least_conn]]` */
export const upstreamRandomHandler = handle(httpUpstreamRandom, {
  balancer: ({ random }, group) => (random ? { balancer: byChance(group, random === 'two'), key: () => '' } : undefined),
});
