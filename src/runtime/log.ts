import type { Host } from '../host/host.ts';
import type { LogLevel } from './log-level.ts';

/** Where log lines go. */
export interface LogSink {
  /** One line of the error log, complete but for its line end. */
  error(level: LogLevel, line: string): void;
  /** Lines of an access log, with their line ends. `path` is as the configuration says. */
  access(path: string, lines: string): void;
}

const levels: readonly LogLevel[] = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** The logs of one nginx: collects access lines for a turn and writes error lines at once. */
export class Logs {
  private readonly host: Host;
  private readonly sink: LogSink;
  private most: number;
  private readonly waiting = new Map<string, string>();
  private scheduled = false;

  /** Error lines below `level` are left out. */
  constructor(host: Host, sink: LogSink, level: LogLevel = 'error') {
    this.host = host;
    this.sink = sink;
    this.most = levels.indexOf(level);
  }

  /** From now on lines below `level` are left out. */
  setLevel(level: LogLevel): void {
    this.most = levels.indexOf(level);
  }

  /** True when lines of this level are written; ask before making an expensive one. */
  takes(level: LogLevel): boolean {
    return levels.indexOf(level) <= this.most;
  }

  /** `2026/01/02 03:04:05 [error] 1#0: *7 message` (ngx_log_error_core). */
  error(level: LogLevel, message: string, connection?: number): void {
    if (!this.takes(level)) return;
    const number = connection === undefined ? '' : `*${connection} `;
    this.sink.error(level, `${localTime(this.host.clock.now())} [${level}] ${this.host.pid}#0: ${number}${message}`);
  }

  access(path: string, line: string): void {
    this.waiting.set(path, (this.waiting.get(path) ?? '') + line);
    if (this.scheduled) return;
    this.scheduled = true;
    this.host.clock.soon(() => this.flush());
  }

  /** Writes what has been collected. */
  flush(): void {
    this.scheduled = false;
    for (const [path, lines] of this.waiting) this.sink.access(path, lines);
    this.waiting.clear();
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
