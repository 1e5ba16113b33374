import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Host } from '../../../host/host.ts';
import type { PlanContext } from '../../../runtime/hooks.ts';
import type { Peer } from '../../../runtime/upstream/peer.ts';
import type { Upstream } from '../../../runtime/upstream/upstream.ts';
import { SlabPages } from '../../../runtime/zones.ts';
import type { CheckEnvironment, CheckPlan } from './check-plan.ts';
import { CheckedPeer } from './checked-peer.ts';
import { httpUpstreamCheck } from './directives.ts';

/** How many configurations with checks this machine has been given (ngx_http_upstream_check_shm_generation). */
const generations = new WeakMap<Host, number>();

const defaultSize = 1024 ** 2;

/** Bytes of ngx_http_upstream_check_peer_shm_t and of what stands before the first of them. */
const peerSize = 216;
const headSize = 24;

/** All checked peers of one configuration (ngx_http_upstream_check_peers_t). */
export class Checks {
  generation = 0;
  /** In the order of the file; a peer that has gone leaves its place to the next that comes. */
  private readonly places: (CheckedPeer | null)[] = [];
  /** What the configuration before knew, by address. */
  private before: ReadonlyMap<string, CheckedPeer> = new Map();

  constructor(
    private readonly shmSize: number,
    readonly env: CheckEnvironment,
  ) {}

  get peers(): readonly CheckedPeer[] {
    return this.places.filter((checked) => checked !== null);
  }

  /** Checks the peers of an upstream, those that come later included; what it returns ends that. */
  watch({ name, group }: Upstream, plan: CheckPlan, at: PlanContext): { stop(): void } {
    if (this.generation === 0) this.begin(at);
    const mine = new Map<Peer, CheckedPeer>();
    const follow = () => {
      const wanted = new Set([...group.primaries, ...group.backups].filter(({ down }) => !down));
      for (const [peer, checked] of mine) {
        if (wanted.has(peer)) continue;
        checked.stop();
        this.places[checked.index] = null;
        mine.delete(peer);
      }
      for (const peer of wanted) if (!mine.has(peer)) mine.set(peer, this.add(name, peer, plan));
    };
    follow();
    group.onChange?.(follow);
    this.checkRoom(at);
    return {
      stop() {
        for (const checked of mine.values()) checked.stop();
      },
    };
  }

  private add(upstream: string, peer: Peer, plan: CheckPlan): CheckedPeer {
    const free = this.places.indexOf(null);
    const index = free < 0 ? this.places.length : free;
    const checked = new CheckedPeer(index, upstream, peer, plan, this.env);
    this.places[index] = checked;
    const known = this.before.get(peer.addressKey);
    if (known) checked.inherit(known);
    checked.start();
    return checked;
  }

  /**
   * The first checked peer begins a generation, which inherits from the one before when that is the one that runs
   * (ngx_http_upstream_check_init_shm, ngx_http_upstream_check_init_shm_zone).
   */
  private begin(at: PlanContext): void {
    this.generation = (generations.get(at.host) ?? 0) + 1;
    generations.set(at.host, this.generation);
    at.zone<Checks>(httpUpstreamCheck, { name: 'ngx_http_upstream_check', size: 0 }, (last) => {
      if (last && last.generation === this.generation - 1) this.before = last.byAddress();
      return this;
    });
  }

  /** The first peer of each address: the others of the same address are checked, too, but not inherited from. */
  private byAddress(): Map<string, CheckedPeer> {
    const found = new Map<string, CheckedPeer>();
    for (const checked of this.peers) {
      const { addressKey } = checked.peer;
      if (!found.has(addressKey)) found.set(addressKey, checked);
    }
    return found;
  }

  private checkRoom(at: PlanContext): void {
    const pages = new SlabPages(Math.max(this.shmSize, defaultSize));
    if (pages.take(headSize + this.places.length * peerSize)) return;
    at.fail(
      at.scope.directive as ConfigDirective,
      'http upstream check_shm_size is too small, you should specify a larger size.',
    );
  }
}
