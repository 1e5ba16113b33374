import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { failed, type Host, type Listener, type Network, printAddress, type Socket } from '../host/host.ts';
import type { Model } from '../model/build.ts';
import { referencesOf } from '../model/references.ts';
import { useIn } from '../model/scope.ts';
import type { Event, Events } from '../runtime/events.ts';
import { type Nginx, type StartOptions, startNginx } from '../runtime/run.ts';
import type { Peer, PeerGroup } from '../runtime/upstream/peer.ts';

/*
 * Worker processes: engines on one network, each with connections of its own. What nginx keeps in shared memory they
 * share: the peers of an upstream with a zone, and what health checks have found.
 */

/** Starts so many workers of one nginx; their listeners are one, and new connections are dealt by the host's dice. */
export async function startWorkers(
  count: number,
  model: Model,
  host: Host,
  options: StartOptions,
): Promise<Checked<Nginx | null>> {
  if (count <= 1) return startNginx(model, host, options);
  const shared = new SharedListeners(host);
  const workers: Nginx[] = [];
  for (let worker = 0; worker < count; worker++) {
    const started = await startNginx(model, { ...host, network: shared.network() }, options);
    if (!started.value) {
      await Promise.all(workers.map((nginx) => nginx.stop()));
      return started;
    }
    workers.push(started.value);
    if (worker === count - 1) return { value: new Workers(workers, model), diagnostics: started.diagnostics };
  }
  return { value: null, diagnostics: [] };
}

type Accept = (socket: Socket) => void;

/** Listening sockets that all workers have, as those inherited from nginx's master. */
class SharedListeners {
  private readonly open = new Map<string, { readonly accepts: Accept[]; readonly listener: Listener }>();

  constructor(private readonly host: Host) {}

  /** The network as one worker sees it. */
  network(): Network {
    const { network } = this.host;
    return {
      listen: (address, accept) => this.listen(address, accept),
      connect: (address, options) => network.connect(address, options),
      datagrams: (address, handler) => network.datagrams(address, handler),
      resolve: (name) => network.resolve(name),
      isPlaced: (name) => network.isPlaced?.(name) ?? false,
      mayReach: (address) => network.mayReach?.(address) ?? true,
    };
  }

  private async listen(...[address, accept]: Parameters<Network['listen']>): ReturnType<Network['listen']> {
    const key = printAddress(address);
    let shared = this.open.get(key);
    if (!shared) {
      const accepts: Accept[] = [];
      const listener = await this.host.network.listen(address, (socket) => this.deal(accepts, socket));
      if (failed(listener)) return listener;
      shared = { accepts, listener };
      this.open.set(key, shared);
    }
    const { accepts, listener } = shared;
    accepts.push(accept);
    const close = () => {
      accepts.splice(accepts.indexOf(accept), 1);
      if (accepts.length > 0) return;
      this.open.delete(key);
      listener.close();
    };
    return { address: listener.address, close };
  }

  private deal(accepts: readonly Accept[], socket: Socket): void {
    const accept = accepts[Math.floor(this.host.random() * accepts.length)];
    if (accept) accept(socket);
    else socket.destroy();
  }
}

/** Several workers as one nginx: `upstreams` are the first one's, numbers of requests are counted through. */
class Workers implements Nginx {
  readonly events: Events;

  constructor(
    private readonly all: readonly Nginx[],
    model: Model,
  ) {
    this.events = eventsOf(all);
    this.share(model);
  }

  private get first(): Nginx {
    return this.all[0] as Nginx;
  }

  get listeners() {
    return this.first.listeners;
  }

  get notRun() {
    return this.first.notRun;
  }

  get upstreams() {
    return this.first.upstreams;
  }

  get logs() {
    return this.first.logs;
  }

  get connections(): number {
    return this.all.reduce((sum, { connections }) => sum + connections, 0);
  }

  async reload(model: Model): Promise<readonly Diagnostic[]> {
    for (const worker of this.all) {
      const diagnostics = await worker.reload(model);
      // They are alike: what the first takes, all take.
      if (diagnostics.some(({ severity }) => severity === 'error')) return diagnostics;
    }
    this.share(model);
    return [];
  }

  async stop(how?: { readonly graceful?: boolean }): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.stop(how)));
  }

  private share(model: Model): void {
    const zoned = new Set(
      referencesOf(model).upstreams.flatMap(({ use, scope }) => (useIn(scope, 'zone') ? [use.directive.args[0]] : [])),
    );
    for (const worker of this.all.slice(1)) {
      for (const [index, { name, implicit, group }] of worker.upstreams.entries()) {
        const first = this.first.upstreams[index]?.group;
        if (first) sharePeers(first, group, !implicit && zoned.has(name) ? inZone : inCheckMemory);
      }
    }
  }
}

/** What nginx_upstream_check_module keeps in memory of its own. */
const inCheckMemory = ['checkDown'] as const satisfies readonly (keyof Peer)[];
/** What `zone` puts into shared memory (ngx_http_upstream_rr_peer_t). */
const inZone = [
  ...inCheckMemory,
  'currentWeight',
  'effectiveWeight',
  'conns',
  'fails',
  'accessed',
  'checked',
  'requests',
] as const satisfies readonly (keyof Peer)[];

function sharePeers(owner: PeerGroup, other: PeerGroup, fields: readonly (keyof Peer)[]): void {
  for (const list of ['primaries', 'backups'] as const)
    for (const [index, peer] of other[list].entries()) {
      const owned = owner[list][index];
      if (owned && owned.name === peer.name) for (const field of fields) shareField(owned, peer, field);
    }
}

function shareField(owner: Peer, peer: Peer, field: keyof Peer): void {
  const isOwners = field === 'checkDown';
  Object.defineProperty(peer, field, {
    get: () => owner[field],
    // Checks are the first worker's alone.
    set: (value: never) => {
      if (!isOwners) (owner as Record<keyof Peer, unknown>)[field] = value;
    },
    configurable: true,
    enumerable: true,
  });
}

/** The events of all workers; of checks those of the first, which makes them. */
function eventsOf(workers: readonly Nginx[]): Events {
  const told: Events = { listener: null, detail: null };
  const tell = (kind: keyof Events, wanted: Events['listener']) => {
    told[kind] = wanted;
    for (const [index, { events }] of workers.entries())
      events[kind] = wanted && ((event) => passOn(event, index, workers.length, wanted));
  };
  return {
    get listener() {
      return told.listener;
    },
    set listener(wanted) {
      tell('listener', wanted);
    },
    get detail() {
      return told.detail;
    },
    set detail(wanted) {
      tell('detail', wanted);
    },
  };
}

function passOn(event: Event, worker: number, count: number, listener: (event: Event) => void): void {
  if ('id' in event) listener({ ...event, id: event.id * count + worker });
  else if (worker === 0) listener(event);
}
