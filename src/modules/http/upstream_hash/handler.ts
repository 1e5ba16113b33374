import { handle } from '../../../runtime/hooks.ts';
import { consistentHash } from '../../../runtime/upstream/consistent-hash.ts';
import { hash as plainHash } from '../../../runtime/upstream/hash.ts';
import { httpUpstreamHash } from './directives.ts';

/** `hash key [consistent]` */
export const upstreamHashHandler = handle(httpUpstreamHash, {
  balancer: ({ hash }, group, at) =>
    hash && { balancer: (hash.consistent ? consistentHash : plainHash)(group), key: at.script(hash.key) },
});
