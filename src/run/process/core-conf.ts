import { fullName } from '../../config/paths.ts';
import { standardError } from '../../host/log-files.ts';
import type { Model } from '../../model/build.ts';
import { scopesWithin, type Use, usesIn } from '../../model/scope.ts';
import { readErrorLog } from '../../modules/http/core/settings.ts';
import { type LogLevel, logLevels } from '../../runtime/log-level.ts';
import { readSyslog, type SyslogTarget } from '../../schema/values/syslog.ts';
import { parseTime } from '../../schema/values/time.ts';

/** One place that lines of the error log go to. */
export interface ErrorLog {
  /** A full path, or `stderr`; '' for a syslog server. */
  readonly path: string;
  readonly syslog: SyslogTarget | null;
  readonly level: LogLevel;
}

/** What the outermost directives say about the process (ngx_core_conf_t). Paths are full. */
export interface CoreConf {
  readonly daemon: boolean;
  readonly pid: string;
  readonly errorLogs: readonly ErrorLog[];
  /** Full paths of what `access_log` and `error_log` of inner blocks name; `stderr` among them. */
  readonly blockLogs: readonly string[];
  /** Milliseconds that connections have after `quit`; null for ever. */
  readonly shutdownTimeout: number | null;
  /** Outermost lines that name a log we do not write to. */
  readonly notWritten: readonly Use[];
}

/** Reads what the process itself needs; `otherwise` is the error log when the configuration names none. */
export function coreConfOf({ root }: Model, prefix: string, otherwise: string): CoreConf {
  const one = (name: string): string | undefined => usesIn(root, name)[0]?.directive.args[0];
  const lines = usesIn(root, 'error_log');
  const isWritten = ({ directive: { args } }: Use) => !/^(?:syslog:(?:.*,)?server=unix:|memory:)/.test(args[0] ?? '');
  const errorLogs = lines.filter(isWritten).map(({ directive: { args } }) => errorLog(args, prefix));
  const timeout = one('worker_shutdown_timeout');
  const milliseconds = timeout === undefined ? undefined : parseTime(timeout, 'ms');
  return {
    daemon: one('daemon') !== 'off',
    pid: fullName(prefix, one('pid') ?? 'logs/nginx.pid'),
    errorLogs: lines.length > 0 ? errorLogs : [errorLog([otherwise], prefix)],
    blockLogs: filesIn(root, prefix),
    shutdownTimeout: typeof milliseconds === 'number' && milliseconds > 0 ? milliseconds : null,
    notWritten: lines.filter((line) => !isWritten(line)),
  };
}

function errorLog(args: readonly string[], prefix: string): ErrorLog {
  const { path, severity } = readErrorLog(args);
  const syslog = readSyslog(path) ?? null;
  const full = syslog ? '' : path === standardError ? path : fullName(prefix, path);
  return { path: full, syslog, level: logLevels[severity] ?? 'error' };
}

/** Files that blocks name in `access_log` and `error_log`, outermost lines apart. */
function filesIn(root: Model['root'], prefix: string): readonly string[] {
  const paths = new Set<string>();
  for (const scope of scopesWithin(root)) {
    for (const { directive } of scope.uses) {
      const [path = 'off'] = directive.args;
      if (directive.name !== 'access_log' && (directive.name !== 'error_log' || scope === root)) continue;
      if (directive.name === 'access_log' && (path === 'off' || path.includes('$'))) continue;
      if (/^(?:syslog|memory):/.test(path)) continue;
      paths.add(directive.name === 'error_log' && path === standardError ? path : fullName(prefix, path));
    }
  }
  return [...paths];
}
