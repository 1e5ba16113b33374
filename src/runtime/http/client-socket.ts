import type { Socket } from '../../host/host.ts';
import { Deadline } from '../deadline.ts';
import type { Engine } from '../engine.ts';
import { CountedConnection } from './connection-state.ts';

/** What leaves on a client's connection. */
export abstract class ClientSocket extends CountedConnection {
  protected readonly deadline: Deadline;
  private onDrained: (() => void) | null = null;

  constructor(engine: Engine, socket: Socket) {
    super(engine, socket);
    this.deadline = new Deadline(engine.host.clock, () => this.timedOut());
  }

  /** Milliseconds that the client may take nothing of a response; undefined while there is none. */
  protected abstract get sendTimeout(): number | undefined;

  protected abstract timedOut(): void;

  /** Writes to the client. */
  send(bytes: Buffer | string): void {
    if (this.state === 'closed') return;
    if (!this.socket.write(bytes)) this.block();
  }

  /** Writes several pieces as one. */
  sendAll(pieces: readonly (Buffer | string)[]): void {
    if (this.state === 'closed') return;
    if (!this.socket.writeAll(pieces)) this.block();
  }

  whenDrained(then: () => void): void {
    this.onDrained = then;
  }

  /** Calls, once, who waits for the client to take what was sent; false when nobody does. */
  protected tellDrained(): boolean {
    const then = this.onDrained;
    this.onDrained = null;
    then?.();
    return then !== null;
  }

  private block(): void {
    if (this.full) return;
    this.full = true;
    const { sendTimeout } = this;
    if (sendTimeout !== undefined) this.deadline.set(sendTimeout);
  }
}
