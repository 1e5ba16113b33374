import { fullName } from '../../config/paths.ts';
import type { Model } from '../../model/build.ts';
import { scopesWithin, type Use, usesIn } from '../../model/scope.ts';
import type { LogLevel } from '../../runtime/log-level.ts';
import { parseTime } from '../../schema/values/time.ts';

/** One place that lines of the error log go to. */
export interface ErrorLog {
  /** A full path, or `stderr`. */
  readonly path: string;
  readonly level: LogLevel;
}

/** What the outermost directives say about the process (ngx_core_conf_t). Paths are full. */
export interface CoreConf {
  readonly daemon: boolean;
  readonly pid: string;
  readonly errorLogs: readonly ErrorLog[];
  readonly accessLogs: readonly string[];
  /** Milliseconds that connections have after `quit`; null for ever. */
  readonly shutdownTimeout: number | null;
  /** Outermost lines that name a log we do not write to. */
  readonly notWritten: readonly Use[];
}

const levels: readonly string[] = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** Reads what the process itself needs; `otherwise` is the error log when the configuration names none. */
export function coreConfOf({ root }: Model, prefix: string, otherwise: string): CoreConf {
  const one = (name: string): string | undefined => usesIn(root, name)[0]?.directive.args[0];
  const lines = usesIn(root, 'error_log');
  const isWritten = ({ directive: { args } }: Use) => !/^(?:syslog|memory):/.test(args[0] ?? '');
  const errorLogs = lines.filter(isWritten).map(({ directive: { args } }) => errorLog(args, prefix));
  const timeout = one('worker_shutdown_timeout');
  const milliseconds = timeout === undefined ? undefined : parseTime(timeout, 'ms');
  return {
    daemon: one('daemon') !== 'off',
    pid: fullName(prefix, one('pid') ?? 'logs/nginx.pid'),
    errorLogs: lines.length > 0 ? errorLogs : [errorLog([otherwise], prefix)],
    accessLogs: accessLogsIn(root, prefix),
    shutdownTimeout: typeof milliseconds === 'number' && milliseconds > 0 ? milliseconds : null,
    notWritten: lines.filter((line) => !isWritten(line)),
  };
}

/** ngx_log_set_log: without a level only errors and worse. */
function errorLog([file = '', level = 'error']: readonly string[], prefix: string): ErrorLog {
  const known = (levels.includes(level) ? level : level.startsWith('debug') ? 'debug' : 'error') as LogLevel;
  return { path: file === 'stderr' ? file : fullName(prefix, file), level: known };
}

function accessLogsIn(root: Model['root'], prefix: string): readonly string[] {
  const paths = new Set<string>();
  for (const { uses } of scopesWithin(root)) {
    for (const { directive } of uses) {
      const [path = 'off'] = directive.args;
      if (directive.name !== 'access_log' || path === 'off' || path.startsWith('syslog:') || path.includes('$')) continue;
      paths.add(fullName(prefix, path));
    }
  }
  return [...paths];
}
