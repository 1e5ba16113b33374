import type { ConfigDirective } from '../config/config-tree.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Address, failed, type Host, type Listener, printAddress, type Socket } from '../host/host.ts';
import type { Model } from '../model/build.ts';
import type { Flavor } from '../model/check/target.ts';
import { spanOfArgument } from '../model/place.ts';
import { Engine } from './engine.ts';
import type { Events } from './events.ts';
import type { HandlerRoom, LogLevel } from './hooks.ts';
import { HttpConnection } from './http/connection.ts';
import { ProxyHeaderFirst } from './http/proxy-header.ts';
import { type LogSink, Logs, noLogs } from './log.ts';
import { ListenPoint, type PlannedSocket } from './plan/listeners.ts';
import type { NotRun } from './plan/not-run.ts';
import { makePlan, type Plan } from './plan/plan.ts';
import type { ServerToPlace } from './upstream/planning.ts';
import type { Upstream } from './upstream/upstream.ts';

export type { NotRun } from './plan/not-run.ts';

/** How an nginx is started. */
export interface StartOptions {
  /** Whose behaviour is played. */
  readonly nginxVersion: string;
  /** Whose nginx it is; nginx.org's unless given. */
  readonly flavor?: Flavor;
  /** The modules that act: src/modules/handlers.ts. */
  readonly rooms: readonly HandlerRoom[];
  /** The address really bound for one of the configuration. */
  readonly listen?: (address: Address) => Address;
  /** Other addresses for the servers of upstreams; null for their own. */
  readonly peersFor?: (server: ServerToPlace) => Promise<readonly Address[] | null>;
  /** Where relative paths of files begin; ends in `/`. */
  readonly prefix?: string;
  readonly logs?: LogSink;
  readonly logLevel?: LogLevel;
}

/** A socket that accepts connections. */
export interface BoundListener {
  /** As the configuration has it. */
  readonly configured: Address;
  readonly bound: Address;
  /** The socket's number in this process, where it has one. */
  readonly fd?: number;
}

/** What becomes of the connections that a reload finds (nginx: those of the old workers). */
export interface Retirement {
  /** Milliseconds that they have left (worker_shutdown_timeout); null for ever. */
  readonly timeout: number | null;
  /** Called when the last of them is gone, possibly at once. */
  retired(): void;
}

/** A running nginx. */
export interface Nginx {
  readonly listeners: readonly BoundListener[];
  /** Everything in the configuration that does nothing here. */
  readonly notRun: readonly NotRun[];
  readonly events: Events;
  readonly upstreams: readonly Upstream[];
  readonly logs: Logs;
  /** Open client connections. */
  readonly connections: number;
  /** Takes another configuration; the old one stays when this one cannot be run. */
  reload(model: Model, how?: Retirement): Promise<readonly Diagnostic[]>;
  /** Stops: at once, or when the requests that run are answered. `succeeded`: another process goes on with the sockets. */
  stop(how?: { readonly graceful?: boolean; readonly succeeded?: boolean }): Promise<void>;
}

/** Plans a configuration and listens; the value is null when that cannot be done, and the diagnostics say why. */
export async function startNginx(model: Model, host: Host, options: StartOptions): Promise<Checked<Nginx | null>> {
  const nginx = new RunningEngine(host, options);
  const diagnostics = await nginx.reload(model);
  return { value: diagnostics.some(({ severity }) => severity === 'error') ? null : nginx, diagnostics };
}

interface OpenPoint {
  readonly point: ListenPoint;
  readonly listener: Listener;
  readonly configured: Address;
}

/** Connections that one reload has found. */
interface OldConnections {
  readonly left: Set<HttpConnection>;
  retired(): void;
}

class RunningEngine implements Nginx {
  private readonly engine: Engine;
  private readonly options: StartOptions;
  private readonly open = new Map<string, OpenPoint>();
  private readonly alive = new Set<HttpConnection>();
  private readonly retiring = new Set<OldConnections>();
  private plan: Plan | null = null;
  private onEmpty: (() => void) | null = null;

  constructor(host: Host, options: StartOptions) {
    const { nginxVersion, flavor, logs = noLogs, logLevel } = options;
    this.options = options;
    this.engine = new Engine(host, nginxVersion, new Logs(host, logs, logLevel), flavor);
  }

  get listeners(): readonly BoundListener[] {
    return [...this.open.values()].map(({ configured, listener: { address, fd } }) => ({
      configured,
      bound: address,
      ...(fd === undefined ? {} : { fd }),
    }));
  }

  get notRun(): readonly NotRun[] {
    return this.plan?.notRun ?? [];
  }

  get events(): Events {
    return this.engine.events;
  }

  get upstreams(): readonly Upstream[] {
    return this.plan?.upstreams.all ?? [];
  }

  get logs(): Logs {
    return this.engine.logs;
  }

  get connections(): number {
    return this.alive.size;
  }

  async reload(model: Model, how?: Retirement): Promise<readonly Diagnostic[]> {
    const { rooms, prefix = '/etc/nginx/', peersFor } = this.options;
    const plan = await makePlan({ model, engine: this.engine, rooms, prefix, ...(peersFor ? { peersFor } : {}) });
    const diagnostics = [...plan.diagnostics];
    const isBroken = () => diagnostics.some(({ severity }) => severity === 'error');
    const opened = isBroken() ? [] : await this.openNew(plan, diagnostics);
    if (isBroken()) {
      for (const { listener } of opened) listener.close();
      plan.upstreams.stop();
      return diagnostics;
    }
    this.adopt(plan, opened, how);
    return diagnostics;
  }

  async stop({ graceful = false, succeeded = false } = {}): Promise<void> {
    for (const { listener } of this.open.values()) {
      if (succeeded && listener.leave) listener.leave();
      else listener.close();
    }
    this.open.clear();
    for (const connection of [...this.alive]) {
      if (graceful) connection.closeIdle();
      else connection.destroy();
    }
    if (this.alive.size > 0) await new Promise<void>((resolve) => (this.onEmpty = resolve));
    this.plan?.upstreams.stop();
    this.engine.logs.flush();
  }

  /** Opens the sockets that are not open yet. */
  private async openNew(plan: Plan, diagnostics: Diagnostic[]): Promise<OpenPoint[]> {
    const opened: OpenPoint[] = [];
    for (const socket of plan.sockets) {
      if (this.open.has(socket.key)) continue;
      const point = new ListenPoint(socket, plan.variables);
      const address = this.options.listen?.(socket.address) ?? socket.address;
      const listener = await this.engine.host.network.listen(address, (accepted) => this.accept(point, accepted));
      if (failed(listener)) diagnostics.push(bindFailed(socket, address, listener.errno));
      else opened.push({ point, listener, configured: socket.address });
    }
    return opened;
  }

  /** From now on the new plan answers. */
  private adopt(plan: Plan, opened: readonly OpenPoint[], how?: Retirement): void {
    const old = this.plan;
    this.plan = plan;
    this.engine.zones = plan.zones;
    plan.zones.settle();
    const kept = new Set(plan.sockets.map(({ key }) => key));
    for (const [key, { listener }] of this.open) {
      if (kept.has(key)) continue;
      listener.close();
      this.open.delete(key);
    }
    for (const point of opened) this.open.set(printAddress(point.configured), point);
    for (const socket of plan.sockets) this.open.get(socket.key)?.point.replace(socket, plan.variables);
    plan.upstreams.start();
    if (!old) return;
    this.retire(how);
    old.upstreams.stop();
  }

  /** Connections that wait for a request are closed, as an old worker closes them; the others end with their requests. */
  private retire({ timeout, retired }: Retirement = { timeout: null, retired() {} }): void {
    const left = new Set([...this.alive].filter(({ exiting }) => !exiting));
    const old: OldConnections = { left, retired };
    this.retiring.add(old);
    for (const connection of [...left]) connection.closeIdle();
    this.settle(old);
    if (timeout === null || left.size === 0) return;
    this.engine.host.clock.after(timeout, () => {
      for (const connection of [...left]) connection.destroy();
    });
  }

  private settle(old: OldConnections): void {
    if (old.left.size === 0 && this.retiring.delete(old)) old.retired();
  }

  private accept(point: ListenPoint, socket: Socket): void {
    const names = point.namesAt(socket.local);
    if (!names) {
      socket.destroy();
      return;
    }
    const connection = new HttpConnection(this.engine, point, socket, this.forget);
    this.alive.add(connection);
    socket.handler = names.proxyProtocol ? new ProxyHeaderFirst(connection) : connection;
  }

  private readonly forget = (connection: HttpConnection): void => {
    this.alive.delete(connection);
    for (const old of this.retiring) {
      if (old.left.delete(connection)) this.settle(old);
    }
    if (this.alive.size === 0) this.onEmpty?.();
  };
}

const numbers: Readonly<Record<string, readonly [number, string]>> = {
  EADDRINUSE: [98, 'Address already in use'],
  EACCES: [13, 'Permission denied'],
  EADDRNOTAVAIL: [99, 'Cannot assign requested address'],
  EAFNOSUPPORT: [97, 'Address family not supported by protocol'],
};

function bindFailed({ otherwise }: PlannedSocket, address: Address, errno: string): Diagnostic {
  const [number, text] = numbers[errno] ?? [0, errno];
  const nginx = `bind() to ${printAddress(address)} failed (${number}: ${text})`;
  const at = otherwise.first.at as ConfigDirective;
  return { rule: 'cannot-listen', severity: 'error', message: nginx, nginx, span: spanOfArgument(at) };
}
