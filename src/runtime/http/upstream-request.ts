import type { SystemError } from '../../host/host.ts';
import { sizeOf } from './limit-rate.ts';
import type { NextReason } from './next-reasons.ts';
import { Pacer } from './pacer.ts';
import { reportAnswer } from './report-answer.ts';
import { systemErrorText } from './system-error-text.ts';
import type { GivenUri } from './unsafe-uri.ts';
import { Phase } from './upstream-attempts.ts';
import { CachedUpstreamRequest } from './upstream-cached.ts';
import { copyResponseHeaders } from './upstream-headers.ts';
import { ResponsePipe } from './upstream-pipe.ts';
import { startTunnel } from './upstream-tunnel.ts';

const reasonOfStatus: Partial<Record<number, NextReason>> = {
  500: 'http_500',
  502: 'http_502',
  503: 'http_503',
  504: 'http_504',
  403: 'http_403',
  404: 'http_404',
  429: 'http_429',
};

/**
 * One request's exchange with its upstream (ngx_http_upstream.c): send, read the head, pass the body on. Protocols fill in
 * what goes over the wire.
 */
export abstract class UpstreamRequest extends CachedUpstreamRequest {
  protected pipe: ResponsePipe | null = null;
  /** Slows reading down (proxy_limit_rate). */
  private pacer: Pacer | null = null;
  /** Those who want nothing to be read: the pipe and the pacer. */
  private holds = 0;
  /** How the connection ended while bytes waited for their time; undefined as long as it is there. */
  private early: SystemError | null | undefined = undefined;

  /** The head is on its way to the client: the body starts, with what has come of it already. */
  protected abstract bodyStarts(): void;
  /** Takes bytes of the body in. */
  protected abstract bodyBytes(chunk: Buffer): void;
  /** Bytes that came after the head, for a tunnel. */
  abstract takeEarly(): Buffer | null;
  /** True when a chunk is not looked at any more after it was taken. */
  protected abstract readonly keepsNothing: boolean;
  /** The upstream closes during the body; true when the body may end so. */
  protected abstract bodyMayEnd(): boolean;

  // ngx_http_upstream_process_header

  received(chunk: Buffer): void {
    const { attempt, connection } = this;
    if (!attempt || !connection) return;
    attempt.bytesReceived += chunk.length;
    if (this.phase === Phase.body) {
      this.takeBody(chunk);
      if (!this.pacer && this.keepsNothing && this.pipe?.keepsNothing) connection.socket.recycle?.(chunk);
      return;
    }
    const progress = this.headBytes(chunk);
    if (progress === 'more') return;
    if (progress === 'done' || progress === 'none') {
      this.headDone(progress === 'none');
      if (this.keepsNothing && this.pipe?.keepsNothing) connection.socket.recycle?.(chunk);
    } else {
      this.phase = Phase.header;
      if (progress === 'too-big') this.log('error', 'upstream sent too big header');
      else if (this.head.problem !== '') this.log('error', this.head.problem);
      this.next('invalid_header');
    }
  }

  /** Takes bytes that belong to the body, as they came. */
  protected takeBody(chunk: Buffer): void {
    if (this.pacer) this.pacer.take([chunk]);
    else this.passBody(chunk);
  }

  private passBody(chunk: Buffer): void {
    const { attempt, connection, holds, early } = this;
    if (!attempt || !connection) return;
    attempt.responseLength += chunk.length;
    if (holds === 0 && early === undefined) connection.deadline.set(this.conf.readTimeout);
    this.bodyBytes(chunk);
  }

  private headDone(noHead: boolean): void {
    const { attempt, head, connection } = this;
    if (!attempt || !connection) return;
    this.phase = Phase.header;
    if (noHead) {
      this.log('error', 'upstream sent no valid HTTP/1.0 header');
      this.r.version = 9;
      head.close = true;
    }
    if (head.warnings) for (const warning of head.warnings) this.log('warn', warning);
    attempt.status = noHead ? 200 : head.status;
    attempt.headerTime = this.env.clock.monotonic() - this.attemptStarted;
    this.readFields();
    if (head.status >= 300 && (this.testNext(head.status) || this.intercept(head.status))) return;
    this.answered();
    if (this.env.events.listener) reportAnswer(this, this.env.events.listener);
    const target = copyResponseHeaders(this);
    if (target) this.accelRedirect(target);
    else this.sendResponse();
  }

  /** ngx_http_upstream_test_next */
  private testNext(status: number): boolean {
    const reason = reasonOfStatus[status];
    if (reason && this.mayTryNext(reason)) {
      this.next(reason);
      return true;
    }
    return reason ? this.sendStaleFor(reason) : this.revalidated(status);
  }

  /** ngx_http_upstream_intercept_errors */
  private intercept(status: number): boolean {
    if (status === 404 && this.conf.intercept404) {
      this.finish(404);
      return true;
    }
    if (!this.conf.interceptErrors || !this.r.hasErrorPage(status)) return false;
    const { head, r } = this;
    if (status === 401) {
      for (let i = 0; i < head.names.length; i++) {
        if (head.lower[i] === 'www-authenticate') r.headersOut.list.push(head.names[i] as string, head.values[i] as string);
      }
    }
    this.keepStatus(status);
    this.finish(status);
    return true;
  }

  protected accelRedirect({ uri, args, unsafe }: GivenUri): void {
    const { r } = this;
    this.release();
    this.freeEntry();
    r.onClientAbort = null;
    if (unsafe) r.finalize(404);
    else {
      if (!uri.startsWith('@') && r.method !== 'HEAD') r.method = 'GET';
      r.redirect(uri, args);
    }
  }

  // ngx_http_upstream_send_response

  private sendResponse(): void {
    const { r, conf, connection } = this;
    const upgrade = this.head.status === 101 && r.headersIn.get('upgrade') !== undefined;
    if (!this.detached) r.sendHeader();
    if (this.phase === Phase.over || !connection) return;
    if (r.done && !this.detached) {
      this.release();
      return;
    }
    this.headerSent = true;
    this.phase = Phase.body;
    if (upgrade) {
      this.keepalive = false;
      this.freeEntry();
      if (r.main !== r) {
        this.log('error', 'connection upgrade in subrequest');
        this.finish(500);
        return;
      }
      startTunnel(this, r.takeSocket(), connection, conf);
      return;
    }
    this.startStoring();
    const isWhole = r.headerOnly || r.status === 204 || r.status === 304;
    if (isWhole && !this.stores) {
      this.finish(0);
      return;
    }
    this.pipe = new ResponsePipe(r, this.buffering, conf, Math.max(1, conf.bufferSize - this.head.length), this);
    if (this.stores) this.pipe.store = this.storePiece;
    if (isWhole || this.detached) this.pipe.discard();
    if (this.buffering) this.pacer = this.pacerOf();
    else {
      r.limitRate = 0;
      r.flush();
    }
    if (this.requestBodySent) connection.deadline.set(conf.readTimeout);
    this.bodyStarts();
  }

  private pacerOf(): Pacer | null {
    const rate = sizeOf(this.conf.limitRate(this.r));
    if (rate === 0) return null;
    const { clock } = this.env;
    let held = false;
    return new Pacer(clock, { rate, after: 0 }, clock.now(), {
      pass: (piece) => this.passBody(piece),
      holdBack: () => {
        if (!held) this.pause();
        held = true;
      },
      letGo: () => {
        if (held) this.resume();
        held = false;
        if (this.early !== undefined && this.phase === Phase.body) this.bodyEnds(this.early);
      },
    });
  }

  /** The client or the reader is slow: nothing more is read, and nothing waited for. */
  pause(): void {
    if (this.holds++ > 0) return;
    this.connection?.socket.pause();
    this.connection?.deadline.clear();
  }

  resume(): void {
    if (--this.holds > 0) return;
    this.connection?.socket.resume();
    this.connection?.deadline.set(this.conf.readTimeout);
  }

  /** Bytes of the body that came with the head. */
  protected countEarlyBody(bytes: number): void {
    if (this.attempt) this.attempt.responseLength += bytes;
    this.pacer?.count(bytes);
  }

  /** The body is complete (nginx: upstream_done). */
  protected bodyDone(): void {
    this.finish(0);
  }

  /** The body cannot be completed. */
  protected bodyBroken(problem: string): void {
    this.log('error', problem);
    this.finish(502);
  }

  finished(): void {
    if (this.phase === Phase.body) this.bodyEnds(null);
    else this.closedEarly(null);
  }

  lost(error: SystemError | null): void {
    if (this.phase === Phase.body) this.bodyEnds(error);
    else this.closedEarly(error);
  }

  private bodyEnds(error: SystemError | null): void {
    if (this.pacer && !this.pacer.isEmpty) {
      this.early = error;
      return;
    }
    if (!error && this.bodyMayEnd()) {
      this.keepalive = false;
      this.finish(0);
      return;
    }
    this.log('error', error ? `readv() failed (${systemErrorText(error)})` : 'upstream prematurely closed connection');
    this.finish(502);
  }

  private closedEarly(error: SystemError | null): void {
    if (this.phase === Phase.connecting) this.log('error', `connect() failed (${systemErrorText(error)})`);
    else {
      this.phase = Phase.header;
      this.log('error', error ? `recv() failed (${systemErrorText(error)})` : 'upstream prematurely closed connection');
    }
    this.next('error');
  }

  timedOut(): void {
    if (this.phase !== Phase.body) {
      this.next('timeout');
      return;
    }
    this.log('error', 'upstream timed out (110: Connection timed out)');
    // ngx_http_upstream_process_upstream: what waits for a full buffer is not sent.
    if (this.buffering) this.pipe?.drop();
    this.finish(this.buffering ? 502 : 504);
  }

  /** ngx_http_upstream_check_broken_connection */
  protected abort(): void {
    if (this.phase === Phase.over) return;
    if (this.cacheable) {
      this.log('info', 'client prematurely closed connection');
      this.detached = true;
      this.pipe?.discard();
      return;
    }
    this.log('info', `client prematurely closed connection${this.connection ? ', so upstream connection is closed too' : ''}`);
    this.finish(499);
  }

  /** Ends it: 0 when the response is complete, otherwise a status. */
  finish(status: number): void {
    if (this.phase === Phase.over) return;
    const { r, pipe, pacer } = this;
    this.pacer = null;
    pipe?.letGo();
    pacer?.stop();
    this.release();
    this.endStoring(status);
    r.onClientAbort = null;
    if (!this.headerSent || status === 408 || status === 499) {
      pipe?.drop();
      r.finalize(status);
      return;
    }
    pipe?.end();
    if (status >= 300) {
      r.flush();
      r.finalize(-1);
      return;
    }
    // Who has made a subrequest may write in its place when it is finalized.
    if (pipe && r === r.main) {
      r.endBody();
      pipe.over();
    }
    r.finalize(0);
  }
}
