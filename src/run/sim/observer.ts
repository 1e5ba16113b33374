import { display } from '../../base/source-text.ts';
import type { Event, SkipReason } from '../../runtime/events.ts';
import type { SimHappening, SimWindow } from './report.ts';
import type { KnownServer } from './servers.ts';

interface Health {
  /** Failures since it last answered, for the line that says how they ended. */
  failures: number;
  /** Workers that leave it out, by number. */
  readonly leftOut: Set<number>;
}

interface OpenWindow extends SimWindow {
  readonly statuses: Record<string, number>;
  readonly asked: Record<string, number>;
  slowest: number;
}

/** Gathers what clients see, what servers get, and what is noticed when. Times are milliseconds from the start. */
export class Observer {
  readonly happenings: SimHappening[] = [];
  readonly windows: readonly OpenWindow[];
  readonly counts: ReadonlyMap<KnownServer, { asked: number; answered: number; failed: number }>;
  private readonly byName: ReadonlyMap<string, KnownServer>;
  private readonly health = new Map<KnownServer, Health>();
  /** Says who is left out, once the failure has been told that it follows from. */
  private leaveOut: (() => void) | null = null;
  /** Why servers were passed over since one was chosen last, by name. */
  private readonly skipped = new Map<string, SkipReason>();
  /** How many requests to an upstream have found no server since one did. */
  private readonly empty = new Map<string, number>();

  constructor(
    servers: readonly KnownServer[],
    private readonly workers: number,
    duration: number,
    private readonly width: number,
  ) {
    this.byName = new Map(servers.map((server) => [server.name, server]));
    this.counts = new Map(servers.map((server) => [server, { asked: 0, answered: 0, failed: 0 }]));
    this.windows = Array.from({ length: Math.ceil(duration / width) }, (_, index) => ({
      from: index * width,
      to: Math.min(duration, (index + 1) * width),
      statuses: {},
      asked: {},
      slowest: 0,
    }));
  }

  happened(at: number, what: string, place: string | null = null): void {
    this.happenings.push({ at, what, place });
  }

  /** A client got its answer to what it had asked at `from`. */
  answered(from: number, to: number, status: number): void {
    const window = this.windowAt(from);
    window.statuses[status] = (window.statuses[status] ?? 0) + 1;
    window.slowest = Math.max(window.slowest, to - from);
  }

  take(at: number, event: Event): void {
    switch (event.type) {
      case 'peer-chosen':
        return this.chosen(at, event);
      case 'peer-answered':
        return this.peerAnswered(at, event);
      case 'peer-failed':
        return this.failed(at, event);
      case 'peer-disabled':
        return this.disabled(at, event);
      case 'check-state':
        return this.checked(at, event);
      case 'peer-skipped':
        this.skipped.set(display(event.peer), event.reason);
        return;
      case 'no-peer':
        return this.noPeer(at, display(event.upstream));
    }
  }

  private noPeer(at: number, upstream: string): void {
    const why = [...this.skipped].map(([name, reason]) => `${this.byName.get(name)?.label ?? name} ${reason}`).join(', ');
    const check = [...this.byName.values()].find((server) => server.upstream === upstream)?.check ?? null;
    const place = [...this.skipped.values()].includes('check-down') ? check : null;
    if (!this.empty.has(upstream))
      this.happened(at, `upstream ${upstream} has no server left${why === '' ? '' : `: ${why}`}`, place);
    this.empty.set(upstream, (this.empty.get(upstream) ?? 0) + 1);
    this.skipped.clear();
  }

  private chosen(at: number, { peer, upstream }: Extract<Event, { type: 'peer-chosen' }>): void {
    this.skipped.clear();
    const without = this.empty.get(display(upstream));
    if (without !== undefined)
      this.happened(at, `upstream ${display(upstream)} has a server again; ${requests(without)} had none`);
    this.empty.delete(display(upstream));
    const server = this.byName.get(display(peer));
    const count = server && this.counts.get(server);
    if (!count) return;
    count.asked++;
    const { asked } = this.windowAt(at);
    asked[server.label] = (asked[server.label] ?? 0) + 1;
  }

  private peerAnswered(at: number, { id, peer }: Extract<Event, { type: 'peer-answered' }>): void {
    const server = this.byName.get(display(peer));
    const count = server && this.counts.get(server);
    if (!count) return;
    count.answered++;
    const health = this.health.get(server);
    if (!health) return;
    health.leftOut.delete(this.workerOf(id));
    if (health.leftOut.size > 0) return;
    this.health.delete(server);
    this.happened(at, `${server.label} answers again; ${requests(health.failures)} had failed there`, null);
  }

  private failed(at: number, { peer, reason, next }: Extract<Event, { type: 'peer-failed' }>): void {
    const server = this.byName.get(display(peer));
    const count = server && this.counts.get(server);
    if (!count) return;
    count.failed++;
    const health = this.healthOf(server);
    if (health.failures++ === 0) this.tellFailure(at, server, reason, next);
    this.leaveOut?.();
    this.leaveOut = null;
  }

  private tellFailure(at: number, server: KnownServer, reason: string, next: boolean): void {
    const end = next ? 'the request goes to another server' : 'the client sees it';
    this.happened(at, `${server.label} fails (${reason}): ${end}`, server.next);
  }

  private disabled(at: number, { id, peer }: Extract<Event, { type: 'peer-disabled' }>): void {
    const server = this.byName.get(display(peer));
    if (!server) return;
    const health = this.healthOf(server);
    const worker = this.workerOf(id);
    const isNew = !health.leftOut.has(worker);
    health.leftOut.add(worker);
    if (!isNew) return;
    const who = this.workers > 1 ? ` by worker ${worker + 1}` : '';
    this.leaveOut = () => this.happened(at, `${server.label} is left out${who}: ${server.limit}`, server.place);
  }

  private healthOf(server: KnownServer): Health {
    const health = this.health.get(server) ?? { failures: 0, leftOut: new Set() };
    this.health.set(server, health);
    return health;
  }

  private checked(at: number, { peer, up }: Extract<Event, { type: 'check-state' }>): void {
    const server = this.byName.get(display(peer));
    if (server) this.happened(at, `checks find ${server.label} ${up ? 'up' : 'down'}`, server.check);
  }

  private workerOf(id: number): number {
    return id % this.workers;
  }

  private windowAt(at: number): OpenWindow {
    return this.windows[Math.min(this.windows.length - 1, Math.floor(at / this.width))] as OpenWindow;
  }
}

function requests(count: number): string {
  return count === 1 ? 'one request' : `${count} requests`;
}
