import { bytesOf } from '../base/source-text.ts';
import { placeOf } from '../host/addresses.ts';
import type { Address, Files, Host } from '../host/host.ts';
import { createMemoryHost, type MemoryHost } from '../host/memory.ts';
import { MemoryFiles } from '../host/memory-files.ts';
import { createNodeHost } from '../host/node.ts';
import { createNodeFiles } from '../host/node-files.ts';
import { readOnly } from '../host/read-only-files.ts';
import { ReroutedNetwork } from '../host/rerouted-network.ts';
import type { Model } from '../model/build.ts';
import { type PlacedBackend, StandIns } from './backends.ts';
import type { RunOptions } from './options.ts';
import { type ServedRoot, visibleTo } from './roots.ts';
import { backendsOf, listensAt, RouteTable } from './routes.ts';

/** What a configuration finds on its machine. */
export interface Surroundings {
  readonly backends: readonly PlacedBackend[];
  readonly roots: readonly ServedRoot[];
  readonly files: Files;
}

/** The machine of a run: this one or a virtual one, with addresses and files moved. */
export class Machine {
  readonly virtual: MemoryHost | null;
  readonly network: ReroutedNetwork;
  /** The host as the engine sees it. */
  readonly host: Host;
  readonly standIns: StandIns;
  private readonly routes: RouteTable;
  private readonly real: Host;
  private placed: Surroundings;

  constructor(private readonly options: RunOptions) {
    const { clock = 'real', seed, disk = {}, mock = 'unreachable' } = options;
    this.virtual = clock === 'virtual' ? createMemoryHost(seed === undefined ? {} : { seed }) : null;
    for (const [path, content] of Object.entries(disk === 'real' ? {} : disk)) this.virtual?.files.set(bytesOf(path), content);
    const allowNet = this.virtual !== null || (options.allowNet ?? false);
    this.real = this.virtual ?? createNodeHost({ allowNet, ...(options.speed === undefined ? {} : { speed: options.speed }) });
    this.placed = { backends: [], roots: [], files: this.virtual?.files ?? createNodeFiles({ directories: [], maps: [] }) };
    this.routes = new RouteTable({
      allowNet,
      listen: listenTable(options.listen ?? {}),
      ports: this.virtual ? 'exact' : (options.ports ?? 'free'),
      standIns: mock !== 'none',
      keepsPort: !options.realPorts,
    });
    this.network = new ReroutedNetwork(this.real.network, this.routes);
    this.host = {
      clock: this.real.clock,
      network: this.network,
      files: this.switchedFiles(),
      spare: this.virtual?.files ?? new MemoryFiles(() => this.real.clock.now()),
      hostname: options.hostname ?? this.real.hostname,
      pid: this.real.pid,
      cpus: this.real.cpus,
      random: () => this.real.random(),
    };
    const handlers = new Map(Object.entries(options.backends ?? {}));
    this.standIns = new StandIns(this.real, {
      mock,
      allowNet,
      map: addressTable(options.map ?? {}),
      handlers,
      patience: 300 * (options.speed ?? 1),
    });
  }

  /** Finds backends and directories of a configuration; nothing changes until they are put in place. */
  async survey(model: Model, directory: string | null): Promise<Surroundings> {
    const backends = await this.standIns.place(backendsOf(model), listensAt(model));
    if (this.virtual && this.options.disk !== 'real') return { backends, roots: [], files: this.virtual.files };
    const byHand = new Map(Object.entries(this.options.roots ?? {}));
    const { visible, roots } = visibleTo(model, directory, byHand, createNodeFiles());
    const { onHidden } = this.options;
    const files = createNodeFiles({ ...visible, ...(onHidden && { hidden: onHidden }) });
    return { backends, roots, files: this.virtual ? readOnly(files) : files };
  }

  /** From now on the engine finds these; returns what it found before. */
  place(surroundings: Surroundings): Surroundings {
    const before = this.placed;
    this.placed = surroundings;
    const moved = surroundings.backends.filter(
      ({ presence }) => presence === 'mapped' || presence === 'handler' || presence === 'mock',
    );
    this.network.routesChanged();
    this.routes.place(moved.map(({ backend, at }) => ({ address: backend.address, at })));
    return before;
  }

  private switchedFiles(): Files {
    return {
      stat: (path) => this.placed.files.stat(path),
      read: (path, start, length) => this.placed.files.read(path, start, length),
      list: (path) => this.placed.files.list(path),
      realpath: (path) => this.placed.files.realpath(path),
      append: (path, bytes) => this.placed.files.append(path, bytes),
      statLink: (path) => this.placed.files.statLink(path),
      free: (path) => this.placed.files.free(path),
      open: (path) => this.placed.files.open(path),
      overwrite: (path, start, bytes) => this.placed.files.overwrite(path, start, bytes),
      write: (path, bytes, mode) => this.placed.files.write(path, bytes, mode),
      create: (path, mode) => this.placed.files.create(path, mode),
      makeDirectory: (path, mode) => this.placed.files.makeDirectory(path, mode),
      rename: (from, to) => this.placed.files.rename(from, to),
      remove: (path) => this.placed.files.remove(path),
      removeDirectory: (path) => this.placed.files.removeDirectory(path),
      touch: (path, mtime) => this.placed.files.touch(path, mtime),
    };
  }
}

/** Reads addresses on this machine: `127.0.0.1:3001`, `localhost:3001`, `:3001`, `3001`; throws when one is none of them. */
function addressTable(table: Readonly<Record<string, string | number>>): Map<string, Address> {
  return new Map(Object.entries(table).map(([from, to]) => [from.replace(/^:/, ''), placeOf(String(to))]));
}

/** The same for listeners, of which a port alone can be changed. */
function listenTable(table: Readonly<Record<string, string | number>>): Map<string, Address | number> {
  return new Map(
    Object.entries(table).map(([from, to]) => {
      const port = /^:?(\d{1,5})$/.exec(String(to))?.[1];
      return [from.replace(/^:/, ''), port === undefined ? placeOf(String(to)) : Number(port)];
    }),
  );
}
