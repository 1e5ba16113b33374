import type { BodyTaker } from './request.ts';
import { Phase, UpstreamAttempts } from './upstream-attempts.ts';

/** Sends a request: its head, its body as far as it is here, and what is still to come of that (ngx_http_upstream_send_request). */
export abstract class UpstreamSending extends UpstreamAttempts implements BodyTaker {
  /** The response's head is with the client. */
  protected headerSent = false;
  private pieces: readonly Buffer[] = none;
  private unsent = 0;
  /** The socket takes no more. */
  private isBlocked = false;
  private isFlowing = false;

  /** Bytes that come before the request's body, the same for every attempt. */
  protected abstract requestHead(): string;
  /** A part of the body as it goes over the wire; the `last` one comes once, and may be empty. */
  protected abstract requestBody(chunks: readonly Buffer[], last: boolean): readonly Buffer[];

  connected(): void {
    const { connection, attempt, body } = this;
    if (!connection || !attempt || this.phase !== Phase.connecting) return;
    this.phase = Phase.sending;
    attempt.connectTime = this.env.clock.monotonic() - this.attemptStarted;
    connection.requests++;
    this.requestSent = true;
    const head = this.requestHead();
    if (this.env.events.detail) this.tellSent(head);
    const pieces = body && body.length > 0 ? this.requestBody(body.chunks, this.bodyRest === null) : none;
    this.pieces = pieces;
    this.unsent = 0;
    const first = pieces[0];
    if (first && pieces.length === 1 && first.length < 16384) {
      this.unsent = 1;
      this.sendOn(this.write(withHead(head, first)));
    } else this.sendOn(this.write(head));
  }

  /** Goes on with the body while the upstream takes it. */
  private sendOn(fast: boolean): void {
    const { connection, conf } = this;
    let ready = fast;
    while (ready && this.unsent < this.pieces.length) ready = this.write(this.pieces[this.unsent++] as Buffer);
    if (!connection || this.connection !== connection) return;
    this.isBlocked = !ready;
    if (!ready) {
      connection.deadline.set(conf.sendTimeout);
      this.bodyRest?.hold();
      return;
    }
    if (this.bodyRest && !this.bodyRest.done) {
      this.wantMore();
      return;
    }
    this.requestBodySent = true;
    if (this.phase !== Phase.sending) return;
    this.phase = Phase.header;
    connection.deadline.set(conf.readTimeout);
  }

  /** It is the client that we wait for. */
  private wantMore(): void {
    if (this.phase === Phase.sending) this.connection?.deadline.clear();
    if (this.isFlowing) this.bodyRest?.letFlow();
    else {
      this.isFlowing = true;
      this.bodyRest?.flowTo(this);
    }
  }

  /** ngx_http_upstream_read_request_handler */
  take(chunks: readonly Buffer[], last: boolean): void {
    const pieces = this.requestBody(chunks, last);
    this.pieces = this.isBlocked ? [...this.pieces.slice(this.unsent), ...pieces] : pieces;
    this.unsent = 0;
    if (!this.isBlocked) this.sendOn(true);
  }

  bodyFails(status: number, answer: () => void): void {
    if (this.headerSent) {
      this.finish(status);
      return;
    }
    this.release();
    this.r.onClientAbort = null;
    answer();
  }

  private write(bytes: Buffer | string): boolean {
    const { connection } = this;
    if (!connection) return false;
    connection.sent += bytes.length;
    return connection.socket.write(bytes);
  }

  drained(): void {
    if (this.connection && this.requestSent && !this.requestBodySent) this.sendOn(true);
  }
}

const none: readonly Buffer[] = [];

function withHead(head: string, body: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, 'latin1');
  body.copy(bytes, head.length);
  return bytes;
}
