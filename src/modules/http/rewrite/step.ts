import type { Verdict } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';

/** One step of the program; undefined when the next one is due. */
export type Step = (r: RequestState) => Verdict | undefined;
