import type { Reading } from '../../../schema/directive.ts';

/** One `access_log` line. */
export interface AccessLog {
  /** '' for `off`. */
  readonly path: string;
  readonly format: string;
  /** What stands behind `if=`, or ''. */
  readonly condition: string;
}

/** One `log_format`. */
export interface LogFormat {
  readonly name: string;
  readonly escape: 'default' | 'json' | 'none';
  readonly text: string;
}

/** What nginx logs when nobody says anything. */
export const combinedLog: AccessLog = { path: 'logs/access.log', format: 'combined', condition: '' };

/** The format that is always there. */
export const combined: LogFormat = {
  name: 'combined',
  escape: 'default',
  text: '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
};

/** Reads `access_log` (ngx_http_log_set_log); buffers and compression change nothing in the lines. */
export function readAccessLog([path = '', ...parameters]: readonly string[], at: Reading): AccessLog | undefined {
  if (path === 'off') return { path: '', format: '', condition: '' };
  const [format = 'combined', ...rest] = parameters;
  for (const [index, word] of rest.entries()) {
    if (!/^(?:buffer=.+|flush=.+|gzip(?:=.*)?|if=.+)$/.test(word)) return at.fail(`invalid parameter "${word}"`, index + 2);
  }
  return { path, format, condition: rest.find((word) => word.startsWith('if='))?.slice(3) ?? '' };
}

/** Reads `log_format` (ngx_http_log_set_format). */
export function readLogFormat([name = '', ...rest]: readonly string[], at: Reading): LogFormat | undefined {
  const [, escape = 'default'] = /^escape=(.*)$/.exec(rest[0] ?? '') ?? [];
  if (escape !== 'default' && escape !== 'json' && escape !== 'none')
    return at.fail(`unknown log format escaping "${escape}"`, 1);
  const text = rest.slice(rest[0]?.startsWith('escape=') ? 1 : 0).join('');
  return { name, escape, text };
}
