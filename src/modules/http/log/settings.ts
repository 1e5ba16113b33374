import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { parseSize } from '../../../schema/values/size.ts';
import { parseTime } from '../../../schema/values/time.ts';

/** One `access_log` line. */
export interface AccessLog {
  /** '' for `off`. */
  readonly path: string;
  readonly format: string;
  /** What stands behind `if=`, or ''. */
  readonly condition: string;
  /** How lines are held back; null when they are not. */
  readonly buffer: LogBuffering | null;
}

/** `buffer=`, `flush=` and `gzip=`. */
export interface LogBuffering {
  readonly size: number;
  /** Milliseconds that a line waits at most; 0 for any time. */
  readonly flush: number;
  /** 1 … 9, or 0 for none. */
  readonly gzip: number;
}

/** One `log_format`. */
export interface LogFormat {
  readonly name: string;
  readonly escape: 'default' | 'json' | 'none';
  readonly text: string;
}

/** What nginx logs when nobody says anything. */
export const combinedLog: AccessLog = { path: 'logs/access.log', format: 'combined', condition: '', buffer: null };

/** The format that is always there. */
export const combined: LogFormat = {
  name: 'combined',
  escape: 'default',
  text: '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
};

/** Reads `access_log` (ngx_http_log_set_log). */
export function readAccessLog([path = '', ...parameters]: readonly string[], at: Reading): AccessLog | undefined {
  if (path === 'off') return { path: '', format: '', condition: '', buffer: null };
  const [format = 'combined', ...rest] = parameters;
  for (const [index, word] of rest.entries()) {
    if (!/^(?:buffer=.+|flush=.+|gzip(?:=.*)?|if=.+)$/.test(word)) return at.fail(`invalid parameter "${word}"`, index + 2);
  }
  const said = (name: string) => rest.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  return { path, format, condition: said('if') ?? '', buffer: bufferingOf(said, rest.includes('gzip')) };
}

function bufferingOf(said: (name: string) => string | undefined, isGzip: boolean): LogBuffering | null {
  const gzip = isGzip ? 1 : (parseNumber(said('gzip') ?? '0') ?? 0);
  const size = parseSize(said('buffer') ?? '0') || (gzip > 0 ? 65_536 : 0);
  return size > 0 ? { size, flush: Number(parseTime(said('flush') ?? '0') ?? 0), gzip } : null;
}

/** Reads `log_format` (ngx_http_log_set_format). */
export function readLogFormat([name = '', ...rest]: readonly string[], at: Reading): LogFormat | undefined {
  const [, escape = 'default'] = /^escape=(.*)$/.exec(rest[0] ?? '') ?? [];
  if (escape !== 'default' && escape !== 'json' && escape !== 'none')
    return at.fail(`unknown log format escaping "${escape}"`, 1);
  const text = rest.slice(rest[0]?.startsWith('escape=') ? 1 : 0).join('');
  return { name, escape, text };
}
