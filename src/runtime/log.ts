import type { Host } from '../host/host.ts';
import type { SyslogTarget } from '../schema/values/syslog.ts';
import { type LogLevel, logLevels } from './log-level.ts';

/** Where log lines go. */
export interface LogSink {
  /** One line of the process's error log, complete but for its line end. */
  error(level: LogLevel, line: string): void;
  /** The same for an `error_log` of `http`, `server` or `location`, by its full name; without it `error` gets such a line once. */
  errorTo?(path: string, line: string): void;
  /** Lines of an access log, with their line ends, or a compressed piece. `path` is as the configuration says. */
  access(path: string, lines: string): void;
  /** A message for a syslog server; without it none is reached. */
  syslog?(target: SyslogTarget, severity: number, text: string): void;
}

/** One `error_log` of a block. */
export interface BlockLog {
  /** A file's full name, or `stderr`; '' for a syslog server. */
  readonly path: string;
  readonly syslog: SyslogTarget | null;
  readonly severity: number;
}

/** Something that holds lines back. */
export interface HeldLines {
  flush(): void;
}

/** The logs of one nginx: collects access lines for a turn and writes error lines at once. */
export class Logs {
  private readonly host: Host;
  private readonly sink: LogSink;
  private most: number;
  private readonly waiting = new Map<string, string>();
  private readonly held = new Set<HeldLines>();
  private scheduled = false;

  /** Error lines below `level` are left out. */
  constructor(host: Host, sink: LogSink, level: LogLevel = 'error') {
    this.host = host;
    this.sink = sink;
    this.most = logLevels.indexOf(level);
  }

  /** True when syslog servers can be reached. */
  get sendsSyslog(): boolean {
    return this.sink.syslog !== undefined;
  }

  /** From now on lines below `level` are left out. */
  setLevel(level: LogLevel): void {
    this.most = logLevels.indexOf(level);
  }

  /** True when lines of this level are written; ask before making an expensive one. `to` is the block's own logs. */
  takes(level: LogLevel, to: readonly BlockLog[] | null = null): boolean {
    const severity = logLevels.indexOf(level);
    return to ? to.some((log) => severity <= log.severity) : severity <= this.most;
  }

  /** `2026/01/02 03:04:05 [error] 1#0: *7 message` (ngx_log_error_core). */
  error(level: LogLevel, message: string, connection?: number, to: readonly BlockLog[] | null = null): void {
    if (!this.takes(level, to)) return;
    const number = connection === undefined ? '' : `*${connection} `;
    const line = `${localTime(this.host.clock.now())} [${level}] ${this.host.pid}#0: ${number}${message}`;
    if (to && this.sink.errorTo) this.errorTo(to, logLevels.indexOf(level), line);
    else this.sink.error(level, line);
  }

  access(path: string, line: string): void {
    this.waiting.set(path, (this.waiting.get(path) ?? '') + line);
    if (this.scheduled) return;
    this.scheduled = true;
    this.host.clock.soon(() => this.write());
  }

  /** Sends a line of an access log to a syslog server. */
  message(target: SyslogTarget, text: string): void {
    this.sink.syslog?.(target, target.severity, text);
  }

  /** Has lines flushed before the logs are closed or opened again; they leave the list by being flushed. */
  hold(lines: HeldLines): void {
    this.held.add(lines);
  }

  release(lines: HeldLines): void {
    this.held.delete(lines);
  }

  /** Writes what has been collected and what is held back. */
  flush(): void {
    for (const lines of [...this.held]) lines.flush();
    this.write();
  }

  /** Writes what has been collected in this turn: whoever sees a connection's end finds its lines. */
  write(): void {
    this.scheduled = false;
    for (const [path, lines] of this.waiting) this.sink.access(path, lines);
    this.waiting.clear();
  }

  private errorTo(to: readonly BlockLog[], severity: number, line: string): void {
    for (const log of to) {
      if (severity > log.severity) continue;
      if (log.syslog) this.sink.syslog?.(log.syslog, severity, line);
      else this.sink.errorTo?.(log.path, line);
    }
  }
}

/** A sink that drops everything. */
export const noLogs: LogSink = { error() {}, access() {} };

function localTime(now: number): string {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}/${two(date.getMonth() + 1)}/${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
