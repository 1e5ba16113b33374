import type { Address, Host, Socket, Timer } from '../../../host/host.ts';
import type { Events } from '../../../runtime/events.ts';
import type { LogLevel } from '../../../runtime/hooks.ts';
import type { Peer } from '../../../runtime/upstream/peer.ts';
import type { Probe } from './probes.ts';
import type { Check } from './settings.ts';

/** What checks need of the engine. */
export interface CheckEnvironment {
  readonly host: Host;
  readonly events: Events;
  log(level: LogLevel, message: string): void;
}

/** One peer under observation (nginx: ngx_http_upstream_check_peer_t and its part in shared memory). */
export class CheckedPeer {
  riseCount = 0;
  fallCount = 0;
  /** Milliseconds of the monotonic clock at which the last check finished. */
  private accessed = Number.NEGATIVE_INFINITY;
  private readonly timers = new Set<Timer>();
  private socket: Socket | null = null;
  private received: Buffer[] = [];
  private timeout: Timer | null = null;

  constructor(
    /** Its number on the status page. */
    readonly index: number,
    readonly upstream: string,
    readonly peer: Peer,
    readonly check: Check,
    private readonly probe: Probe,
    private readonly env: CheckEnvironment,
  ) {
    peer.checkDown = check.defaultDown;
  }

  get down(): boolean {
    return this.peer.checkDown;
  }

  /** Takes over what an earlier configuration knew of the same address. */
  inherit(before: CheckedPeer): void {
    this.riseCount = before.riseCount;
    this.fallCount = before.fallCount;
    this.accessed = before.accessed;
    this.peer.checkDown = before.peer.checkDown;
  }

  /** ngx_http_upstream_check_add_timers: the first check comes at a random moment. */
  start(): void {
    const delay = Math.max(this.check.interval, 1000);
    this.after(Math.floor(this.env.host.random() * delay), () => this.tick());
  }

  stop(): void {
    for (const timer of this.timers) timer.cancel();
    this.timers.clear();
    this.close();
  }

  /** ngx_http_upstream_check_begin_handler */
  private tick(): void {
    this.after(Math.floor(this.check.interval / 2), () => this.tick());
    if (this.socket || this.env.host.clock.monotonic() - this.accessed < this.check.interval) return;
    this.begin();
  }

  /** ngx_http_upstream_check_connect_handler */
  private begin(): void {
    const socket = this.env.host.network.connect(this.address(), {});
    this.socket = socket;
    this.received = [];
    const mine = (run: () => void) => {
      if (this.socket === socket) run();
    };
    socket.handler = {
      connected: () => mine(() => this.connected(socket)),
      data: (chunk) => mine(() => this.heard(chunk)),
      end: () => mine(() => this.update(false, 'closed')),
      closed: (error) => mine(() => this.update(false, error?.errno ?? 'closed')),
    };
    this.timeout = this.after(this.check.timeout, () =>
      mine(() => {
        this.env.log('error', `check time out with peer: ${this.peer.name} `);
        this.update(false, 'timeout');
      }),
    );
  }

  private connected(socket: Socket): void {
    if (this.probe.send === null) this.update(true, 'connected');
    else if (this.probe.send !== '') socket.write(this.probe.send);
  }

  /** ngx_http_upstream_check_recv_handler */
  private heard(chunk: Buffer): void {
    this.received.push(chunk);
    const alive = this.probe.judge(Buffer.concat(this.received));
    if (alive === undefined) return;
    if (!alive) this.env.log('error', `check protocol ${this.check.type} error with peer: ${this.peer.name} `);
    this.update(alive, alive ? 'answered' : 'protocol');
  }

  /** ngx_http_upstream_check_status_update, ngx_http_upstream_check_clean_event */
  private update(alive: boolean, reason: string): void {
    this.close();
    const { peer, check, upstream, env } = this;
    this.riseCount = alive ? this.riseCount + 1 : 0;
    this.fallCount = alive ? 0 : this.fallCount + 1;
    this.accessed = env.host.clock.monotonic();
    const { listener } = env.events;
    if (listener)
      listener({ type: 'check', upstream, peer: peer.name, alive, rise: this.riseCount, fall: this.fallCount, reason });
    const changes = alive ? peer.checkDown && this.riseCount >= check.rise : !peer.checkDown && this.fallCount >= check.fall;
    if (!changes) return;
    peer.checkDown = !alive;
    env.log('error', `${alive ? 'enable' : 'disable'} check peer: ${peer.name} `);
    if (listener) listener({ type: 'check-state', upstream, peer: peer.name, up: alive });
  }

  private close(): void {
    const { socket, timeout } = this;
    this.socket = null;
    this.received = [];
    if (timeout) {
      timeout.cancel();
      this.timers.delete(timeout);
      this.timeout = null;
    }
    socket?.destroy();
  }

  private address(): Address {
    const { address } = this.peer;
    return address.kind === 'ip' && this.check.port > 0 ? { ...address, port: this.check.port } : address;
  }

  private after(milliseconds: number, run: () => void): Timer {
    const timer = this.env.host.clock.after(milliseconds, () => {
      this.timers.delete(timer);
      run();
    });
    this.timers.add(timer);
    return timer;
  }
}
