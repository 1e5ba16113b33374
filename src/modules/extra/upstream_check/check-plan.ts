import type { Host } from '../../../host/host.ts';
import type { Events } from '../../../runtime/events.ts';
import type { LogLevel } from '../../../runtime/hooks.ts';
import type { Probe } from './probes.ts';
import type { Check } from './settings.ts';

/** What checks need of the engine. */
export interface CheckEnvironment {
  readonly host: Host;
  readonly events: Events;
  /** How many worker processes take turns at checking. */
  readonly workers: number;
  log(level: LogLevel, message: string): void;
}

/** How the peers of one `upstream` are checked. */
export interface CheckPlan {
  readonly check: Check;
  readonly probe: Probe;
  /** check_keepalive_requests */
  readonly keepaliveRequests: number;
}
