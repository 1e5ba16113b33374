import type { Reading } from '../../../schema/directive.ts';

/** What `least_time` says. */
export interface LeastTime {
  /** The time that counts: until the head of a response, or until its end. */
  readonly until: 'header' | 'last_byte';
  /** Requests that wait count with the time they have waited so far. */
  readonly inflight: boolean;
}

/** ngx_http_upstream_least_time */
export function readLeastTime([until = '', inflight]: readonly string[], at: Reading): LeastTime | undefined {
  if (inflight !== undefined && inflight !== 'inflight') return at.fail(`invalid parameter "${inflight}"`, 1);
  if (until !== 'header' && until !== 'last_byte') return at.fail(`invalid value "${until}"`, 0);
  return { until, inflight: inflight !== undefined };
}
