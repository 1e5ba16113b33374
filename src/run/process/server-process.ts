import { lineAt } from '../../base/source-text.ts';
import { fullName } from '../../config/paths.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { closeInherited, hasParent, startSuccessor } from '../../host/inherited-listeners.ts';
import { LogFiles, remove, rename, standardError, writeWhole } from '../../host/log-files.ts';
import { createNodeHost } from '../../host/node.ts';
import { pause, type SignalName, signalNumbers } from '../../host/process.ts';
import type { Model } from '../../model/build.ts';
import type { Finding } from '../../model/check/finding.ts';
import type { Target } from '../../model/check/target.ts';
import { handlers } from '../../modules/handlers.ts';
import { systemErrorText } from '../../runtime/http/system-error-text.ts';
import { type LogSink, Logs } from '../../runtime/log.ts';
import { type LogLevel, logLevels } from '../../runtime/log-level.ts';
import { type Nginx, startNginx } from '../../runtime/run.ts';
import { type CoreConf, coreConfOf, type ErrorLog } from './core-conf.ts';
import { type ConfigurationPlace, readConfiguration } from './read-configuration.ts';
import { SyslogSenders } from './syslog-senders.ts';

/** What a process is started with. */
export interface ProcessOptions extends ConfigurationPlace {
  readonly target: Target;
  /** The error log before the configuration is read, and when that names none (`-e`). */
  readonly errorLog: string;
  /** Says a line where the user who starts us looks. */
  readonly say: (line: string) => void;
}

/** What the pid file of an old binary is called while a new one runs (NGX_OLDPID_EXT). */
const old = '.oldbin';
const stillTwo =
  "the changing binary signal is ignored: you should shutdown or terminate before either old or new binary's process";
const bindAttempts = 5;
const bindPause = 500;

/** One nginx that owns its process: its logs, its pid file, its signals (ngx_init_cycle, ngx_master_process_cycle). */
export class ServerProcess {
  readonly #options: ProcessOptions;
  readonly #host = createNodeHost({ allowNet: true });
  readonly #files = new LogFiles();
  readonly #syslog = new SyslogSenders(this.#host);
  readonly #logs: Logs;
  #errorLogs: readonly ErrorLog[];
  #conf: CoreConf | null = null;
  #model: Model | null = null;
  #nginx: Nginx | null = null;
  #isStarting = true;
  #isLeaving = false;
  /** SIGWINCH has come, and no configuration was taken since. */
  #isResting = false;
  /** A new binary runs beside this one. */
  #hasSuccessor = false;
  /** Reloads, one after the other, and what follows from them. */
  #reloading: Promise<void> = Promise.resolve();
  /** Reloads whose old connections are not all gone. */
  #retiring = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
    const path = options.errorLog === standardError ? standardError : fullName(options.prefix, options.errorLog);
    this.#errorLogs = [{ path, syslog: null, level: 'notice' }];
    this.#logs = new Logs(this.#host, this.#sink, 'debug');
    const error = this.#files.open(path);
    if (error) options.say(`nginx: [alert] could not open error log file: ${openFailed(path, systemErrorText(error))}`);
  }

  /** True when the configuration wants a process without a terminal. */
  get wantsDaemon(): boolean {
    return this.#conf?.daemon ?? false;
  }

  /** The file that holds the process's number; null before a configuration was read. */
  get pidFile(): string | null {
    return this.#conf?.pid ?? null;
  }

  /** Reads the configuration and opens its logs; false when nginx would not start. */
  read(): boolean {
    this.#model = this.#take();
    return this.#model !== null;
  }

  /** Opens the sockets of what was read and writes the pid file; false when that cannot be done. */
  async start(): Promise<boolean> {
    const { target } = this.#options;
    if (!this.#model || !this.#conf || !(await this.#open(this.#model))) return false;
    this.#model = null;
    closeInherited();
    const error = writeWhole(this.#conf.pid, `${this.#host.pid}\n`);
    if (error) return this.#complain('emerg', openFailed(this.#conf.pid, systemErrorText(error)));
    this.#reportNotRun();
    this.#isStarting = false;
    this.#log('notice', `nginx/${target.nginxVersion}`);
    this.#log('notice', 'start worker processes');
    this.#log('notice', `start worker process ${this.#host.pid}`);
    return true;
  }

  /** Does what a signal asks for (ngx_signal_handler); calls `leave` when the process has nothing left to do. */
  signal(name: SignalName, leave: () => void): void {
    const action = name === 'SIGUSR2' && this.#keepsBinary ? 'ignoring' : actions[name];
    this.#log('notice', `signal ${signalNumbers[name]} (${name}) received${action === '' ? '' : `, ${action}`}`);
    if (name === 'SIGTERM' || name === 'SIGINT') void this.#leave(false, leave);
    else if (name === 'SIGQUIT') void this.#leave(true, leave);
    else if (name === 'SIGHUP') this.#inTurn(() => this.#reload());
    else if (name === 'SIGUSR1') this.#reopen();
    else if (name === 'SIGUSR2') this.#changeBinary();
    else if (this.wantsDaemon) this.#rest();
  }

  /** Accepts nothing any more, but stays: for a binary that is being tried (ngx_noaccept). */
  #rest(): void {
    this.#isResting = true;
    void this.#nginx?.stop({ graceful: true, succeeded: this.#hasSuccessor });
  }

  /** Tries for a while to get addresses that are in use (ngx_open_listening_sockets). */
  async #open(model: Model): Promise<boolean> {
    const { prefix, target } = this.#options;
    const options = { nginxVersion: target.nginxVersion, flavor: target.flavor, rooms: handlers, prefix, logs: this.#sink };
    for (let attempt = 1; ; attempt++) {
      const started = await startNginx(model, this.#host, { ...options, logLevel: mostVerbose(this.#errorLogs) });
      this.#nginx = started.value;
      this.#report(started.diagnostics);
      if (started.value) return true;
      if (!started.diagnostics.every(({ rule }) => rule === 'cannot-listen')) return false;
      if (attempt === bindAttempts) return this.#complain('emerg', 'still could not bind()');
      await pause(bindPause);
    }
  }

  #take(): Model | null {
    const { prefix, target, errorLog } = this.#options;
    const { said, model } = readConfiguration(this.#options, target);
    for (const finding of said) this.#log(finding.level, finding.nginx + placeOf(finding));
    if (!model) return null;
    const conf = coreConfOf(model, prefix, errorLog);
    for (const path of filesOf(conf)) {
      const error = this.#files.open(path);
      if (!error) continue;
      this.#log('emerg', openFailed(path, systemErrorText(error)));
      return null;
    }
    this.#conf = conf;
    this.#errorLogs = conf.errorLogs;
    return model;
  }

  /** Takes another configuration; with one that cannot be run everything stays as it is (ngx_init_cycle). */

  async #reload(): Promise<void> {
    if (!this.#nginx || this.#isLeaving) return;
    this.#log('notice', 'reconfiguring');
    const before = { conf: this.#conf, errorLogs: this.#errorLogs };
    const files = this.#files.paths;
    const model = this.#take();
    const how = { timeout: before.conf?.shutdownTimeout ?? null, retired: () => this.#inTurn(() => this.#retired()) };
    const diagnostics = model ? await this.#nginx.reload(model, how) : null;
    if (diagnostics) this.#report(diagnostics);
    if (!diagnostics || diagnostics.some(({ severity }) => severity === 'error')) {
      this.#conf = before.conf;
      this.#errorLogs = before.errorLogs;
      this.#files.keepOnly(files);
      return;
    }
    this.#nginx.logs.setLevel(mostVerbose(this.#errorLogs));
    this.#isResting = false;
    this.#retiring++;
    this.#reportNotRun();
    this.#log('notice', `start worker process ${this.#host.pid}`);
    this.#log('notice', 'gracefully shutting down');
  }

  #inTurn(run: () => void | Promise<void>): void {
    this.#reloading = this.#reloading.then(run);
  }

  /** The connections that a reload has found are gone; what only they wrote to is closed. */
  #retired(): void {
    for (const line of ['exiting', 'exit', `worker process ${this.#host.pid} exited with code 0`]) this.#log('notice', line);
    if (--this.#retiring > 0 || !this.#conf) return;
    this.#nginx?.logs.flush();
    this.#files.keepOnly(new Set(filesOf(this.#conf)));
  }

  async #leave(graceful: boolean, leave: () => void): Promise<void> {
    const { shutdownTimeout = null } = this.#conf ?? {};
    if (!this.#isLeaving) {
      this.#isLeaving = true;
      if (graceful) this.#log('notice', 'gracefully shutting down');
      if (graceful && shutdownTimeout !== null) this.#host.clock.after(shutdownTimeout, () => void this.#leave(false, leave));
    } else if (graceful) return;
    await this.#nginx?.stop({ graceful, succeeded: this.#hasSuccessor });
    this.#log('notice', 'exiting');
    if (this.#conf) remove(this.#conf.pid + (this.#hasSuccessor ? old : ''));
    this.#log('notice', 'exit');
    leave();
  }

  /** The old binary or the new one has to leave before a third one comes (ngx_signal_handler). */
  get #keepsBinary(): boolean {
    return hasParent() || this.#hasSuccessor;
  }

  /** Starts the program that is installed now, with the sockets of this one (ngx_exec_new_binary). */
  #changeBinary(): void {
    if (!this.#nginx || !this.#conf || this.#isLeaving) return;
    if (this.#keepsBinary) {
      this.#log('crit', stillTwo);
      return;
    }
    const { pid } = this.#conf;
    const error = rename(pid, pid + old);
    if (error) {
      this.#log('alert', `rename() ${pid} to ${pid + old} failed (${systemErrorText(error)})`);
      return;
    }
    const sockets = this.#nginx.listeners.flatMap(({ bound, fd }) => (fd === undefined ? [] : [{ address: bound, fd }]));
    const ended = (): void => {
      this.#hasSuccessor = false;
      rename(pid + old, pid);
      this.#log('notice', 'the new binary process has exited');
      if (this.#isResting) this.#inTurn(() => this.#reload());
    };
    this.#hasSuccessor = true;
    this.#log('notice', `start new binary process ${startSuccessor(sockets, ended)}`);
  }

  #reopen(): void {
    this.#log('notice', 'reopening logs');
    this.#nginx?.logs.flush();
    this.#files.reopen((path, error) => this.#log('emerg', openFailed(path, systemErrorText(error))));
  }

  /** Everything of the configuration that does nothing here, by name and line. */
  #reportNotRun(): void {
    for (const { directive, why, harmless } of this.#nginx?.notRun ?? []) {
      if (harmless || directive.name === 'error_log') continue;
      const place = `${directive.source.name}:${lineAt(directive.source, directive.node.name.start)}`;
      this.#log('warn', `"${directive.name}" is not run: ${why} in ${place}`);
    }
    for (const { directive } of this.#conf?.notWritten ?? [])
      this.#log('warn', `"error_log ${directive.args[0]}" is not run: nothing is written there`);
  }

  #report(diagnostics: readonly Diagnostic[]): void {
    for (const { severity, message, nginx = message, rule, span } of diagnostics) {
      const place = rule === 'cannot-listen' ? '' : ` in ${span.source.name}:${lineAt(span.source, span.start)}`;
      this.#log(severity === 'error' ? 'emerg' : 'warn', nginx + place);
    }
  }

  #complain(level: LogLevel, message: string): false {
    this.#log(level, message);
    return false;
  }

  /** Before the process serves, what is grave is also said where the user looks (ngx_use_stderr). */
  #log(level: LogLevel, message: string): void {
    this.#logs.error(level, message);
    if (this.#isStarting && logLevels.indexOf(level) <= logLevels.indexOf('warn'))
      this.#options.say(`nginx: [${level}] ${message}`);
  }

  readonly #sink: LogSink = {
    error: (level, line) => {
      const severity = logLevels.indexOf(level);
      for (const log of this.#errorLogs) {
        if (severity > logLevels.indexOf(log.level)) continue;
        if (this.#isStarting && log.path === standardError) continue;
        if (log.syslog) this.#syslog.send(log.syslog, severity, line);
        else this.#files.write(log.path, `${line}\n`);
      }
    },
    errorTo: (path, line) => this.#files.write(path, `${line}\n`),
    syslog: (target, severity, text) => this.#syslog.send(target, severity, text),
    access: (path, lines) => this.#files.write(fullName(this.#options.prefix, path), lines),
  };
}

const actions: Readonly<Record<SignalName, string>> = {
  SIGHUP: 'reconfiguring',
  SIGINT: 'exiting',
  SIGQUIT: 'shutting down',
  SIGTERM: 'exiting',
  SIGUSR1: 'reopening logs',
  SIGUSR2: 'changing binary',
  SIGWINCH: '',
};

function filesOf({ errorLogs, blockLogs }: CoreConf): readonly string[] {
  return [...errorLogs.map(({ path }) => path).filter((path) => path !== ''), ...blockLogs];
}

function mostVerbose(logs: readonly ErrorLog[]): LogLevel {
  return logLevels[Math.max(0, ...logs.map(({ level }) => logLevels.indexOf(level)))] ?? 'error';
}

function openFailed(path: string, why: string): string {
  return `open() "${path}" failed (${why})`;
}

function placeOf({ at }: Finding): string {
  if (at === null) return '';
  return at.file === '' ? ' in command line' : ` in ${at.file}:${at.line}`;
}
