import type { Address } from '../../../host/host.ts';
import type { Peer } from '../../../runtime/upstream/peer.ts';
import { printPeer } from '../../../runtime/upstream/url.ts';
import type { CheckEnvironment, CheckPlan } from './check-plan.ts';
import { type CheckTarget, CheckWorker } from './check-worker.ts';

/** What is known of one peer (nginx: ngx_http_upstream_check_peer_shm_t): shared by all workers. */
export class CheckedPeer implements CheckTarget {
  riseCount = 0;
  fallCount = 0;
  /** Milliseconds of the monotonic clock at which the last check finished. */
  accessed = Number.NEGATIVE_INFINITY;
  /** Who checks it at the moment. */
  owner: CheckWorker | null = null;
  /** Where checks go, and its name in the log. */
  readonly address: Address;
  readonly name: string;
  private isDown: boolean;
  private readonly workers: CheckWorker[] = [];

  constructor(
    /** Its number on the status page. */
    readonly index: number,
    readonly upstream: string,
    readonly peer: Peer,
    readonly plan: CheckPlan,
    private readonly env: CheckEnvironment,
  ) {
    const { address } = peer;
    const port = plan.check.port & 0xffff;
    this.address = address.kind === 'ip' && plan.check.port > 0 ? { ...address, port } : address;
    this.name = address.kind === 'ip' && plan.check.port > 0 ? printPeer(address.host, port) : peer.name;
    this.isDown = plan.check.defaultDown;
    this.tellBalancer();
  }

  get down(): boolean {
    return this.isDown;
  }

  /** Takes over what an earlier configuration knew of the same address. */
  inherit(before: CheckedPeer): void {
    this.riseCount = before.riseCount;
    this.fallCount = before.fallCount;
    this.accessed = before.accessed;
    this.isDown = before.isDown;
    this.tellBalancer();
  }

  /** ngx_http_upstream_check_add_timers */
  start(): void {
    for (let i = 0; i < this.env.workers; i++) {
      const worker = new CheckWorker(this, this.env);
      this.workers.push(worker);
      worker.start();
    }
  }

  stop(): void {
    for (const worker of this.workers.splice(0)) worker.stop();
  }

  /** ngx_http_upstream_check_status_update */
  update(alive: boolean, reason: string): void {
    const { peer, upstream, env, plan } = this;
    this.riseCount = alive ? this.riseCount + 1 : 0;
    this.fallCount = alive ? 0 : this.fallCount + 1;
    this.accessed = env.host.clock.monotonic();
    const { listener } = env.events;
    if (listener)
      listener({ type: 'check', upstream, peer: peer.name, alive, rise: this.riseCount, fall: this.fallCount, reason });
    const changes = alive ? this.isDown && this.riseCount >= plan.check.rise : !this.isDown && this.fallCount >= plan.check.fall;
    if (!changes) return;
    this.isDown = !alive;
    this.tellBalancer();
    env.log('error', `${alive ? 'enable' : 'disable'} check peer: ${this.name} `);
    if (listener) listener({ type: 'check-state', upstream, peer: peer.name, up: alive });
  }

  /**
   * A unix socket that is checked "at a port" has lost its number: what is found counts nowhere
   * (ngx_http_upstream_check_add_peer after ngx_http_upstream_check_addr_change_port has failed).
   */
  private tellBalancer(): void {
    this.peer.checkDown = this.isDown && (this.peer.address.kind === 'ip' || this.plan.check.port === 0);
  }
}
