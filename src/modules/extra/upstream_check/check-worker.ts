import type { Address, Socket, Timer } from '../../../host/host.ts';
import type { CheckEnvironment, CheckPlan } from './check-plan.ts';

/** The peer that workers check, and what they share of it. */
export interface CheckTarget {
  readonly plan: CheckPlan;
  readonly address: Address;
  readonly name: string;
  accessed: number;
  owner: CheckWorker | null;
  update(alive: boolean, reason: string): void;
}

/** One worker process's part in checking one peer (nginx: ngx_http_upstream_check_peer_t). */
export class CheckWorker {
  private tickTimer: Timer | null = null;
  private timeout: Timer | null = null;
  /** Open while a check runs, and after it when it is kept. */
  private socket: Socket | null = null;
  /** Checks that were sent on this connection; those of `tcp` send nothing. */
  private sent = 0;
  private received: Buffer[] = [];
  /** Bytes that the last answer has still to bring before the connection can carry another check. */
  private rest = 0;

  constructor(
    private readonly target: CheckTarget,
    private readonly env: CheckEnvironment,
  ) {}

  /** The first check comes at a random moment. */
  start(): void {
    const delay = Math.max(this.target.plan.check.interval, 1000);
    this.wait(Math.floor(this.env.host.random() * delay));
  }

  stop(): void {
    this.tickTimer?.cancel();
    this.timeout?.cancel();
    this.close();
  }

  private wait(milliseconds: number): void {
    this.tickTimer = this.env.host.clock.after(milliseconds, () => this.tick());
  }

  /** ngx_http_upstream_check_begin_handler */
  private tick(): void {
    const { target } = this;
    const { check, probe } = target.plan;
    this.wait(Math.floor(check.interval / 2));
    if (target.owner === this || this.timeout || (this.socket && !probe.reuses)) return;
    const now = this.env.host.clock.monotonic();
    const since = now - target.accessed;
    if (since >= check.interval && target.owner === null) target.owner = this;
    else if (since >= check.interval * 16) {
      // Whoever has it has had it for too long.
      target.owner = this;
      target.accessed = now;
    } else return;
    this.begin();
  }

  /** ngx_http_upstream_check_connect_handler */
  private begin(): void {
    const { target, env } = this;
    this.timeout = env.host.clock.after(target.plan.check.timeout, () => {
      env.log('error', `check time out with peer: ${target.name} `);
      this.finish(false, 'timeout');
    });
    this.received = [];
    if (this.socket && this.rest === 0) {
      this.ask(this.socket);
      return;
    }
    this.socket?.destroy();
    this.sent = 0;
    const socket = env.host.network.connect(target.address, {});
    this.socket = socket;
    const mine = (run: () => void) => {
      if (this.socket === socket) run();
    };
    socket.handler = {
      connected: () => mine(() => this.ask(socket)),
      data: (chunk) => mine(() => this.heard(chunk)),
      end: () => mine(() => this.lost('closed')),
      closed: (error) => mine(() => this.lost(error?.errno ?? 'closed')),
    };
  }

  private ask(socket: Socket): void {
    const { send } = this.target.plan.probe;
    if (send === null) {
      this.finish(true, 'connected', true);
      return;
    }
    if (send !== '') socket.write(send);
    this.sent++;
  }

  /** ngx_http_upstream_check_recv_handler; what comes after a check is thrown away (ngx_http_upstream_check_discard_handler). */
  private heard(chunk: Buffer): void {
    if (!this.timeout) {
      this.rest -= chunk.length;
      return;
    }
    this.received.push(chunk);
    const { plan, name } = this.target;
    const verdict = plan.probe.judge(Buffer.concat(this.received));
    if (verdict === undefined) return;
    if (verdict.says !== undefined) this.env.log('error', `${verdict.says} with peer: ${name} `);
    if (!verdict.alive) this.env.log('error', `check protocol ${plan.check.type} error with peer: ${name} `);
    this.rest = verdict.rest ?? 0;
    this.finish(verdict.alive, verdict.alive ? 'answered' : 'protocol', verdict.usable);
  }

  private lost(reason: string): void {
    if (this.timeout) this.finish(false, reason);
    else this.close();
  }

  /** ngx_http_upstream_check_status_update, ngx_http_upstream_check_clean_event */
  private finish(alive: boolean, reason: string, usable = false): void {
    const { target } = this;
    const { probe, keepaliveRequests } = target.plan;
    target.update(alive, reason);
    if (!usable || !probe.keeps || this.sent >= keepaliveRequests) this.close();
    this.received = [];
    this.timeout?.cancel();
    this.timeout = null;
    target.owner = null;
  }

  private close(): void {
    const { socket } = this;
    this.socket = null;
    this.received = [];
    socket?.destroy();
  }
}
