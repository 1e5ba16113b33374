import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import type { Paint } from '../../diagnostics/render/paint.ts';
import { pretty } from '../../diagnostics/render/pretty.ts';
import { type Watching, watchFiles } from '../../host/watch.ts';
import type { RunningNginx } from '../../run/options.ts';
import { NginxConfigError, run } from '../../run/run.ts';
import type { SessionHop } from '../../run/sessions/session-tracker.ts';
import type { RunSource } from '../../run/source.ts';
import type { Event } from '../../runtime/events.ts';
import { newestStable } from '../../schema/version.ts';
import { failed, ok, unsupported } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';
import { describeRun, hopRemark, requestLine } from './run-lines.ts';
import type { RunSettings } from './run-settings.ts';

/** Runs a configuration until `stopped`; resolves to the exit code. */
export async function runCommand(settings: RunSettings, streams: Streams, paint: Paint, stopped: Promise<void>): Promise<number> {
  const reporter = new Reporter(settings, streams, paint);
  const source: RunSource = { file: settings.file };
  let ng: RunningNginx;
  try {
    ng = await run(source, { ...settings.run, ...reporter.listeners });
  } catch (error) {
    if (error instanceof NginxConfigError) reporter.refused(error);
    else throw error;
    return failed;
  }
  reporter.started(ng);
  const notRun = ng.notRun.filter(({ harmless }) => !harmless).length;
  if (settings.strict && notRun > 0) {
    streams.stderr.write(`nginxrun: --strict, and ${notRun === 1 ? 'one line is' : `${notRun} lines are`} not run\n`);
    await ng.stop();
    return unsupported;
  }
  const watching = settings.watch ? keepUpToDate(ng, source, reporter) : null;
  await stopped;
  watching?.close();
  await ng.stop();
  return ok;
}

/** Takes changed files over; a configuration that cannot be run leaves the old one in place. */
function keepUpToDate(ng: RunningNginx, source: RunSource, reporter: Reporter): Watching {
  let watching: Watching;
  let last: Promise<void> = Promise.resolve();
  const reload = async () => {
    try {
      await ng.reload(source);
      reporter.started(ng);
    } catch (error) {
      reporter.keptOld(error);
    }
    watching.close();
    watching = watchFiles(ng.files, changed);
  };
  const changed = () => {
    last = last.then(reload);
  };
  watching = watchFiles(ng.files, changed);
  return { close: () => watching.close() };
}

/** Says what happens: lines for people on stdout, or JSON, with what is wrong on stderr. */
class Reporter {
  private ng: RunningNginx | null = null;
  private remark: string | null = null;
  /** The last hop of a session, told with the request that it belongs to. */
  private hop: SessionHop | null = null;

  constructor(
    private readonly settings: RunSettings,
    private readonly streams: Streams,
    private readonly paint: Paint,
  ) {}

  get listeners() {
    const onHidden = (path: string, why: 'read' | 'written') => {
      if (why === 'read')
        this.remark = `${path} may not be read: it is not below the configuration's directory; --root PATH=DIR allows it`;
    };
    if (this.settings.quiet) return { onHidden, sessionCookies: false } as const;
    const onLog = (line: string) => void this.streams.stderr.write(`${line}\n`);
    const onSessionHop = (hop: SessionHop) => void (this.hop = hop);
    return { onHidden, onLog, onSessionHop, onEvent: (event: Event) => this.happened(event) };
  }

  started(ng: RunningNginx): void {
    const isFirst = this.ng === null;
    this.ng = ng;
    const { file, run } = this.settings;
    if (this.settings.json) {
      const { listeners, backends, notRun, wrapped, files } = ng;
      const places = backends.map(({ backend: { name, upstream }, presence, at }) => ({ name, upstream, presence, at }));
      this.say({ type: isFirst ? 'started' : 'reloaded', file, listeners, backends: places, notRun, wrapped, files });
      return;
    }
    const lines = describeRun(ng, file, run.nginxVersion ?? newestStable);
    this.streams.stdout.write(`${isFirst ? '' : 'reloaded '}${lines.join('\n')}\n`);
  }

  refused(error: NginxConfigError): void {
    const { diagnostics } = error;
    if (this.settings.json) this.say({ type: 'refused', message: error.message, diagnostics: diagnostics.map(concise) });
    else if (diagnostics.length === 0) this.streams.stderr.write(`nginxrun: ${error.message}\n`);
    else
      this.streams.stderr.write(
        `${diagnostics.map((diagnostic) => pretty(diagnostic, this.paint)).join('\n')}${repairHint(diagnostics, this.settings.file)}`,
      );
  }

  keptOld(error: unknown): void {
    if (error instanceof NginxConfigError) this.refused(error);
    else this.streams.stderr.write(`nginxrun: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!this.settings.json) this.streams.stderr.write('nginxrun: not reloaded, the old configuration goes on\n');
  }

  private happened(event: Event): void {
    if (event.type !== 'done') {
      if (this.settings.json && event.type === 'check-state') this.say(event);
      return;
    }
    const remark = event.status === 404 || event.status === 403 ? this.remark : null;
    this.remark = null;
    const hop = this.hop?.id === event.id ? this.hop : null;
    this.hop = null;
    if (this.settings.json)
      this.say({ ...event, type: 'request', ...(remark === null ? {} : { remark }), ...(hop && { sessionHop: hop }) });
    else this.streams.stdout.write(`${requestLine(event, this.ng?.backends ?? [], remark ?? (hop && hopRemark(hop)))}\n`);
  }

  private say(message: object): void {
    this.streams.stdout.write(`${JSON.stringify(message)}\n`);
  }
}

/** Which command repairs what is wrong, when one does. */
function repairHint(diagnostics: readonly Diagnostic[], file: string): string {
  const fixes = diagnostics.flatMap(({ fix }) => fix ?? []);
  if (fixes.length === 0) return '';
  const flags = fixes.every(({ safety }) => safety === 'safe') ? '--fix' : '--fix --unsafe-fixes';
  return `nginxrun: not started; nginxlint ${flags} ${file} repairs ${fixes.length === diagnostics.length ? 'it' : 'a part of it'}\n`;
}
