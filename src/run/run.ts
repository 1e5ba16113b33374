import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printAddress } from '../host/host.ts';
import type { Model } from '../model/build.ts';
import { fileAndLine } from '../model/place.ts';
import { handlers } from '../modules/handlers.ts';
import type { ClientResponse } from '../runtime/client/exchange.ts';
import type { Event } from '../runtime/events.ts';
import type { LogLevel } from '../runtime/hooks.ts';
import type { Nginx, NotRun } from '../runtime/run.ts';
import type { Peer } from '../runtime/upstream/peer.ts';
import { newestStable } from '../schema/version.ts';
import { type BackendControl, hostOf, type PlacedBackend } from './backends.ts';
import { type Burst, burstOf, Tally } from './burst.ts';
import { milliseconds } from './duration.ts';
import { NginxConfigError } from './error.ts';
import { Story } from './explain/collect.ts';
import type { Explanation } from './explain/explanation.ts';
import { answerWhyNot } from './explain/why-not.ts';
import { type FetchInit, fetchFrom, type ListeningAt, requestLineOf, sendTo } from './fetch.ts';
import { Machine } from './machine.ts';
import type { ExplainInit, NotRunLine, PeerState, RunningNginx, RunOptions } from './options.ts';
import type { ServedRoot } from './roots.ts';
import { type SeenSession, SessionTracker } from './sessions/session-tracker.ts';
import { type LoadedSource, loadSource, type RunSource } from './source.ts';
import { startWorkers } from './workers.ts';

export { NginxConfigError } from './error.ts';

/** Runs a configuration: `const ng = await run({ file: 'lb.conf' }); await ng.fetch('http://www.oldboy.com/')`. */
export async function run(source: RunSource, options: RunOptions = {}): Promise<RunningNginx> {
  const session = new Session(options);
  try {
    await session.take(source);
  } catch (error) {
    await session.stop();
    throw error;
  }
  return session;
}

const mostLogLines = 10_000;

class Session implements RunningNginx {
  readonly logs = { access: [] as string[], error: [] as string[] };
  notRun: readonly NotRunLine[] = [];
  backends: readonly PlacedBackend[] = [];
  roots: readonly ServedRoot[] = [];
  wrapped: string | null = null;
  files: readonly string[] = [];
  private readonly machine: Machine;
  private readonly tracker: SessionTracker;
  private nginx: Nginx | null = null;
  private model: Model | null = null;
  private readonly hearers = new Set<(event: Event) => void>();
  /** How many of them ask why. */
  private whys = 0;

  constructor(private readonly options: RunOptions) {
    this.machine = new Machine(options);
    this.tracker = new SessionTracker(options.sessionCookies || [], options.onSessionHop);
  }

  get elapsed(): number {
    return this.machine.host.clock.monotonic();
  }

  get sessions(): readonly SeenSession[] {
    return this.tracker.sessions;
  }

  get listeners(): readonly ListeningAt[] {
    return [...this.machine.network.listening.values()];
  }

  get url(): string | null {
    const first = this.listeners.find(({ real }) => real.kind === 'ip');
    return first ? `http://${printAddress(first.real)}` : null;
  }

  fetch(url: string, init?: FetchInit): Promise<ClientResponse> {
    return fetchFrom(this.machine.network, this.listeners, url, init);
  }

  get(url: string, init?: FetchInit): Promise<ClientResponse> {
    return this.fetch(url, init);
  }

  async burst(count: number, url = '/', init: FetchInit = {}): Promise<Burst> {
    const tally = new Tally(requestLineOf(url, init));
    const deafen = this.listen(tally.take);
    const responses: ClientResponse[] = [];
    try {
      for (let sent = 0; sent < count; sent++) responses.push(await this.fetch(url, init));
      await tally.reached(count);
    } finally {
      deafen();
    }
    return burstOf(responses, tally);
  }

  send(bytes: string | Buffer, { port, ip }: { readonly port?: number; readonly ip?: string } = {}): Promise<ClientResponse> {
    return sendTo(this.machine.network, this.listeners, bytes, port, ip);
  }

  async reload(source: RunSource): Promise<void> {
    await this.take(source);
  }

  async explain(request: string, { whyNot, ...init }: ExplainInit = {}): Promise<Explanation> {
    const [, method, url = ''] = /^(?:([A-Z]+)\s+)?(\S+)(?:\s+HTTP\/1\.[01])?$/.exec(request.trim()) ?? [];
    const asked: FetchInit = method === undefined ? init : { ...init, method };
    const story = new Story(requestLineOf(url, asked));
    const deafen = this.listen(story.take, true);
    try {
      await this.fetch(url, asked);
      await story.over;
    } finally {
      deafen();
    }
    const explanation = story.tell();
    if (whyNot === undefined || !this.model) return explanation;
    return { ...explanation, whyNot: answerWhyNot(this.model, whyNot, story.answeredBy, story.searches) };
  }

  backend(name: string): BackendControl {
    const control = this.machine.standIns.control(name);
    if (!control) throw new Error(`no backend ${name} in this process`);
    return control;
  }

  async advance(time: number | string): Promise<void> {
    if (!this.machine.virtual) throw new Error("time passes by itself here; run with clock: 'virtual' to advance it");
    await this.machine.virtual.advance(milliseconds(time));
  }

  peers(upstream: string): readonly PeerState[] {
    const found = this.nginx?.upstreams.find(({ name }) => name.toLowerCase() === upstream.toLowerCase());
    if (!found) throw new Error(`no upstream ${upstream} in the configuration`);
    const { primaries, backups } = found.group;
    return [...primaries.map((peer) => stateOf(peer, false)), ...backups.map((peer) => stateOf(peer, true))];
  }

  peer(upstream: string, server: string): PeerState {
    const peers = this.peers(upstream);
    const found = peers.find(({ name }) => name === server) ?? peers.find(({ name }) => hostOf(name) === server);
    if (!found)
      throw new Error(`no server ${server} in upstream ${upstream}: it has ${peers.map(({ name }) => name).join(', ')}`);
    return found;
  }

  async stop(): Promise<void> {
    await this.nginx?.stop();
    this.machine.standIns.stop();
  }

  /** Starts a configuration, or replaces the running one; leaves everything as it is when the new one cannot be run. */
  async take(source: RunSource): Promise<void> {
    const { nginxVersion = newestStable } = this.options;
    const loaded = loadSource(source, nginxVersion);
    if (loaded.errors.length > 0) throw new NginxConfigError('the configuration cannot be run', loaded.errors);
    const surroundings = await this.machine.survey(loaded.model, loaded.directory);
    const before = this.machine.place(surroundings);
    try {
      await this.startOrReload(loaded, nginxVersion);
    } catch (error) {
      this.machine.place(before);
      throw error;
    }
    this.model = loaded.model;
    this.backends = surroundings.backends;
    this.roots = surroundings.roots;
    this.wrapped = loaded.wrapped;
    this.files = loaded.files;
    this.notRun = this.nginx?.notRun.map(notRunLine) ?? [];
  }

  private async startOrReload({ model, directory }: LoadedSource, nginxVersion: string): Promise<void> {
    let diagnostics: readonly Diagnostic[];
    if (this.nginx) diagnostics = await this.nginx.reload(model);
    else {
      const prefix = directory === null ? {} : { prefix: directory === '' ? './' : directory };
      const logs = { error: (_: LogLevel, line: string) => this.log(line), access: this.accessLog() };
      const { workers = 1, flavor = 'oss' } = this.options;
      const options = { nginxVersion, flavor, rooms: handlers, logs, ...prefix };
      const started = await startWorkers(workers, model, this.machine.host, options);
      this.nginx = started.value;
      diagnostics = started.diagnostics;
      if (this.nginx && this.isWatched) this.nginx.events.listener = (event) => this.happened(event);
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new NginxConfigError('the configuration cannot be run', errors);
  }

  private get isWatched(): boolean {
    return this.options.onEvent !== undefined || this.options.sessionCookies !== false;
  }

  private happened(event: Event): void {
    if (this.options.sessionCookies !== false) this.tracker.take(event);
    this.options.onEvent?.(event);
    for (const hear of this.hearers) hear(event);
  }

  /** Tells of every decision until the function that it returns is called; `why` asks for those that cost something, too. */
  private listen(hear: (event: Event) => void, why = false): () => void {
    const { nginx, hearers } = this;
    hearers.add(hear);
    if (why) this.whys++;
    const tell = (event: Event) => this.happened(event);
    if (nginx) nginx.events.listener = tell;
    if (nginx && why) nginx.events.detail = tell;
    return () => {
      hearers.delete(hear);
      if (why) this.whys--;
      if (nginx && this.whys === 0) nginx.events.detail = null;
      if (nginx && hearers.size === 0 && !this.isWatched) nginx.events.listener = null;
    };
  }

  private log(line: string): void {
    keep(this.logs.error, [line]);
    this.options.onLog?.(line);
  }

  /** Access logs are written on a machine in memory; on a real one, only where the user has mapped a directory. */
  private accessLog(): (path: string, lines: string) => void {
    const { files } = this.machine.host;
    return (path, lines) => {
      keep(this.logs.access, lines.replace(/\n$/, '').split('\n'));
      files.append(path, lines);
    };
  }
}

function keep(log: string[], lines: readonly string[]): void {
  log.push(...lines);
  if (log.length > mostLogLines) log.splice(0, log.length - mostLogLines);
}

function notRunLine({ directive, why, harmless }: NotRun): NotRunLine {
  return {
    directive: directive.name,
    place: fileAndLine(directive),
    why,
    harmless,
  };
}

function stateOf(peer: Peer, backup: boolean): PeerState {
  const { name, down, checkDown, fails, requests, weight, conns } = peer;
  return { name, backup, down, checkDown, fails, requests, weight, conns };
}
