import { handle } from '../../../runtime/hooks.ts';
import { httpUpstreamZone } from './directives.ts';

/** `zone`: there is one process, so what it would share is shared. */
export const upstreamZoneHandler = handle(httpUpstreamZone, {});
