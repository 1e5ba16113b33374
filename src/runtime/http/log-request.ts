import { forgetBodyFile } from './request-body-file.ts';
import type { RequestState } from './request-state.ts';

/** The log phase (ngx_http_log_request): what modules write, and the event that closes the request's story. */
export function logRequest(r: RequestState): void {
  r.done = true;
  for (const handler of r.location.log) void handler(r);
  report(r);
  for (const run of r.cleanups ?? []) run();
  r.cleanups = null;
}

function report(r: RequestState): void {
  const { engine, remoteAddr } = r.connection;
  const { listener } = engine.events;
  if (!listener) return;
  const peers = r.upstreamAttempts.map(({ addr, status, responseTime }) => ({ addr, status, milliseconds: responseTime }));
  listener({
    type: 'done',
    id: r.id,
    status: r.status,
    bytes: r.bodyBytesSent,
    milliseconds: engine.now() - r.startedAt,
    server: r.server.name,
    location: r.location.kind === 'server' ? '' : r.location.name,
    upstream: r.upstreamName,
    peers,
    client: remoteAddr,
    requestLine: r.requestLine,
  });
}

/** Logs a request that is over, and forgets what it leaves. nginx has taken its keep-alive back by then (ngx_http_set_keepalive). */
export function closeRequest(r: RequestState): void {
  r.keepalive = false;
  logRequest(r);
  forgetBodyFile(r);
}
