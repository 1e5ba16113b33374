import { gzipSync } from 'node:zlib';
import type { Clock, Timer } from '../../../host/host.ts';
import type { HeldLines, Logs } from '../../../runtime/log.ts';
import type { LogBuffering } from './settings.ts';

/** Lines that wait for more before they are written (ngx_http_log_buf_t). */
export class LineBuffer implements HeldLines {
  private readonly path: string;
  private readonly how: LogBuffering;
  private readonly clock: Clock;
  private logs: Logs | null = null;
  private lines = '';
  private timer: Timer | null = null;

  constructor(path: string, how: LogBuffering, clock: Clock) {
    this.path = path;
    this.how = how;
    this.clock = clock;
  }

  // ngx_http_log_handler
  add(line: string, logs: Logs): void {
    const { size, flush } = this.how;
    this.logs = logs;
    if (this.lines.length + line.length > size) this.flush();
    if (line.length > size) {
      this.write(line);
      return;
    }
    if (this.lines === '') logs.hold(this);
    this.lines += line;
    if (flush > 0 && !this.timer) this.timer = this.clock.after(flush, () => this.flush());
  }

  flush(): void {
    this.timer?.cancel();
    this.timer = null;
    this.logs?.release(this);
    const { lines } = this;
    this.lines = '';
    if (lines !== '') this.write(lines);
  }

  // ngx_http_log_gzip
  private write(lines: string): void {
    const { gzip } = this.how;
    const bytes = () => gzipSync(Buffer.from(lines, 'latin1'), { level: gzip });
    this.logs?.access(this.path, gzip > 0 ? bytes().toString('latin1') : lines);
  }
}
