import type { Socket } from '../../host/host.ts';
import { Deadline } from '../deadline.ts';
import type { Engine } from '../engine.ts';
import { CountedConnection } from './connection-state.ts';

/** The socket of a client's connection: what leaves on it, and whether it is read. */
export abstract class ClientSocket extends CountedConnection {
  readonly socket: Socket;
  protected readonly deadline: Deadline;
  private paused = false;
  private onDrained: (() => void) | null = null;

  constructor(engine: Engine, socket: Socket) {
    super(engine);
    this.socket = socket;
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

  protected get isPaused(): boolean {
    return this.paused;
  }

  protected pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  protected resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.socket.resume();
  }

  private block(): void {
    if (this.full) return;
    this.full = true;
    const { sendTimeout } = this;
    if (sendTimeout !== undefined) this.deadline.set(sendTimeout);
  }
}
