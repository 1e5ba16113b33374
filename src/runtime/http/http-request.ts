import type { LogLevel } from '../log-level.ts';
import type { PlannedLocation } from '../plan/planned.ts';
import type { LocationPlan } from '../plan/plans.ts';
import { errorContext } from './error-context.ts';
import { complete, finalize, terminate } from './finalize.ts';
import { enterLocation, redirect } from './phases.ts';
import type { BodyStream, RequestBody, SubrequestOptions, TakenSocket } from './request.ts';
import { readBody, readBodyIntoFile } from './request-body.ts';
import { type Output, RequestState } from './request-state.ts';
import { emit, endBody, flush, respond, sendHeader, sendHeld, write } from './response.ts';
import { specialResponse } from './special-response.ts';
import { startSubrequest } from './subrequest.ts';

/** The engine's request: its state, and what can be asked of it. */
export class HttpRequest extends RequestState {
  readBody(then: (body: RequestBody, rest: BodyStream | null) => void, streams = false): void {
    readBody(this, then, streams);
  }

  readBodyIntoFile(mode: number, place: string, then: (path: string) => void): void {
    readBodyIntoFile(this, mode, place, then);
  }

  sendHeader(): boolean {
    return sendHeader(this);
  }

  write(chunk: Buffer): boolean {
    return write(this, chunk);
  }

  flush(): void {
    flush(this);
  }

  sendHeld(): void {
    sendHeld(this);
  }

  emit(piece: Output): void {
    emit(this, piece);
  }

  complete(): void {
    complete(this);
  }

  subrequest(uri: string, options: SubrequestOptions = {}): RequestState | null {
    const { connection, id, server, variables } = this;
    const sr = new HttpRequest(connection, id, server, variables, connection.engine.now());
    return startSubrequest(this, sr, uri, options) ? sr : null;
  }

  endBody(): void {
    endBody(this);
  }

  respond(status: number, contentType: string, body: Buffer | string): void {
    respond(this, status, contentType, body);
  }

  takeSocket(): TakenSocket | null {
    flush(this);
    const released = this.connection.release();
    const sent = (bytes: number): void => {
      this.bytesSent += bytes;
    };
    return released && { ...released, sent };
  }

  finalize(status: number): void {
    finalize(this, status);
  }

  redirect(uri: string, args: string): void {
    redirect(this, uri, args);
  }

  enter(location: LocationPlan): void {
    enterLocation(this, location as PlannedLocation);
  }

  terminate(status: number): void {
    terminate(this, status);
  }

  special(status: number): void {
    specialResponse(this, status);
  }

  hasErrorPage(status: number): boolean {
    return this.location.errorPages?.has(status) ?? false;
  }

  log(level: LogLevel, message: string): void {
    const { logs } = this.connection.engine;
    const to = this.location.errorLogs;
    if (logs.takes(level, to)) logs.error(level, message + errorContext(this), this.connection.id, to);
  }
}
