import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { parseTime } from '../../../schema/values/time.ts';

/** What one `server` line of an `upstream` says. */
export interface UpstreamServer {
  /** The first argument as written. */
  readonly text: string;
  readonly weight: number;
  readonly maxFails: number;
  /** Seconds. */
  readonly failTimeout: number;
  readonly maxConns: number;
  readonly down: boolean;
  /** Down for all but those whose session belongs to it. */
  readonly draining: boolean;
  /** What names it in a session; '' when not given. */
  readonly route: string;
  readonly backup: boolean;
  /** The name is looked up again and again while it runs. */
  readonly resolve: boolean;
  /** The service whose records name the servers (`http`, `_http._tcp`); '' for none. */
  readonly service: string;
  /** Parameters that nginx knows and we do not run. */
  readonly notRun: readonly string[];
}

type Open = { -readonly [K in keyof UpstreamServer]: UpstreamServer[K] };

/** ngx_http_upstream_server */
export function readUpstreamServer([text = '', ...parameters]: readonly string[], at: Reading): UpstreamServer | undefined {
  const server: Open = {
    text,
    weight: 1,
    maxFails: 1,
    failTimeout: 10,
    maxConns: 0,
    down: false,
    draining: false,
    route: '',
    backup: false,
    resolve: false,
    service: '',
    notRun: [],
  };
  for (const [i, parameter] of parameters.entries()) {
    if (!take(server, parameter)) return at.fail(`invalid parameter "${parameter}"`, i + 1);
  }
  return server;
}

function take(server: Open, parameter: string): boolean {
  if (parameter === 'backup') server.backup = true;
  else if (parameter === 'down' || parameter === 'drain') {
    server.down = true;
    server.draining = parameter === 'drain';
  } else if (parameter === 'resolve') server.resolve = true;
  else if (/^service=./.test(parameter)) server.service = parameter.slice(8);
  else if (/^route=.{1,32}$/s.test(parameter)) server.route = parameter.slice('route='.length);
  else if (parameter.startsWith('slow_start=')) server.notRun = [...server.notRun, parameter];
  else return takeNumber(server, parameter);
  return true;
}

function takeNumber(server: Open, parameter: string): boolean {
  const equals = parameter.indexOf('=');
  const text = parameter.slice(equals + 1);
  const key = parameter.slice(0, equals + 1);
  const number = key === 'fail_timeout=' ? parseTime(text, 's') : parseNumber(text);
  if (number === undefined) return false;
  if (key === 'weight=' && number > 0) server.weight = number;
  else if (key === 'max_fails=') server.maxFails = number;
  else if (key === 'max_conns=') server.maxConns = number;
  else if (key === 'fail_timeout=') server.failTimeout = number;
  else return false;
  return true;
}
