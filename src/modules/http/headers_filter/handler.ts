import type { Model } from '../../../model/build.ts';
import { type Scope, useIn } from '../../../model/scope.ts';
import { httpDate } from '../../../runtime/engine.ts';
import { handle, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { fieldOf, putField, removeField } from '../../../runtime/http/header-list.ts';
import { parseHttpTime } from '../../../runtime/http/http-time.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpHeadersFilter } from './directives.ts';
import { type AddedHeader, type Expires, parseExpires } from './settings.ts';

interface PlannedHeader {
  readonly name: string;
  readonly value: Script;
  readonly always: boolean;
}

const safe = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** `add_header`, `add_trailer` and `expires`. */
export const headersFilterHandler = handle(httpHeadersFilter, {
  headerFilter({ expires }, at) {
    const headers = plan(inForce('add_header', at.scope, at.model), at);
    const trailers = plan(inForce('add_trailer', at.scope, at.model), at);
    if (headers.length === 0 && trailers.length === 0 && expires.kind === 'off') return undefined;
    const expire = planExpires(expires, at);
    return (request) => {
      const r = request as RequestState;
      if (r.parent) return;
      const isSafe = safe.has(r.status);
      if (isSafe && expire) expire(r);
      for (const header of headers) if (isSafe || header.always) add(r, header);
      const inForce = () => trailers.filter(({ always }) => always || safe.has(r.status));
      // A range that is refused changes the status after this.
      if (inForce().length > 0) r.trailers = () => trailerLines(r, inForce());
      return undefined;
    };
  },
});

function plan(headers: readonly AddedHeader[], at: PlanContext): readonly PlannedHeader[] {
  return headers.map(({ name, value, always }) => ({ name, value: at.script(value), always }));
}

// ngx_http_headers_merge_conf
function inForce(name: 'add_header' | 'add_trailer', scope: Scope, model: Model): readonly AddedHeader[] {
  const settings = model.settings.of(scope, httpHeadersFilter);
  const isHeader = name === 'add_header';
  const inherit = isHeader ? settings.headersInherit : settings.trailersInherit;
  const outer = () => (scope.parent ? inForce(name, scope.parent, model) : []);
  if (!useIn(scope, name)) return inherit === 'off' ? [] : outer();
  const own = isHeader ? settings.headers : settings.trailers;
  return inherit === 'merge' ? [...own, ...outer()] : own;
}

// ngx_http_trailers_filter
function trailerLines(r: RequestState, trailers: readonly PlannedHeader[]): string {
  for (const { name, value: script } of trailers) {
    const value = script(r);
    if (value !== '') r.sentTrailers.push(name, value);
  }
  let lines = '';
  for (let at = 0; at < r.sentTrailers.length; at += 2) lines += `${r.sentTrailers[at]}: ${r.sentTrailers[at + 1]}\r\n`;
  return lines;
}

function add(r: RequestState, { name, value: script }: PlannedHeader): void {
  const { headersOut: out } = r;
  const value = script(r);
  const lower = name.toLowerCase();
  // ngx_http_set_last_modified, ngx_http_set_response_header
  if (lower === 'last-modified') out.lastModified = value === '' ? -1 : parseHttpTime(value);
  if (lower !== 'last-modified' && lower !== 'etag') {
    if (value !== '') out.list.push(name, value);
  } else if (value === '') {
    removeField(out.list, lower);
  } else {
    putField(out.list, name, value);
  }
}

function planExpires(expires: Expires, at: PlanContext): ((r: RequestState) => void) | undefined {
  if (expires.kind === 'off') return undefined;
  if (expires.kind !== 'script') return (r) => expire(r, expires);
  const script = at.script(expires.text);
  return (r) => {
    const found = parseExpires(script(r), expires.modified);
    if (typeof found !== 'string' && found.kind !== 'off') expire(r, found);
  };
}

// ngx_http_set_expires
function expire(r: RequestState, expires: Expires): void {
  if (expires.kind === 'epoch') set(r, 'Thu, 01 Jan 1970 00:00:01 GMT', 'no-cache');
  else if (expires.kind === 'max') set(r, 'Thu, 31 Dec 2037 23:55:55 GMT', 'max-age=315360000');
  else if (expires.kind === 'time') {
    const now = Math.floor(r.connection.engine.host.clock.now() / 1000);
    if (expires.seconds === 0 && expires.since !== 'midnight') {
      set(r, httpDate(now), 'max-age=0');
      return;
    }
    const until = end(expires, now, modified(r));
    set(r, httpDate(until), expires.seconds < 0 || until < now ? 'no-cache' : `max-age=${until - now}`);
  }
}

function end({ since, seconds }: Extract<Expires, { kind: 'time' }>, now: number, lastModified: number): number {
  if (since === 'midnight') return nextTime(seconds, now);
  return since === 'modified' && lastModified !== -1 ? lastModified + seconds : now + seconds;
}

/** In seconds, -1 when not known; an upstream's stands among the fields. */
function modified({ headersOut: { lastModified, list } }: RequestState): number {
  return lastModified === -1 ? parseHttpTime(fieldOf(list, 'last-modified') ?? '') : lastModified;
}

/** The next moment of that time of day, here (ngx_next_time). */
function nextTime(seconds: number, now: number): number {
  const date = new Date(now * 1000);
  date.setHours(0, 0, 0, 0);
  const today = date.getTime() / 1000 + seconds;
  if (today > now) return today;
  date.setDate(date.getDate() + 1);
  return date.getTime() / 1000 + seconds;
}

/** The first Cache-Control is rewritten where it stands; others go. */
function set({ headersOut: { list } }: RequestState, expires: string, cacheControl: string): void {
  putField(list, 'Expires', expires);
  putField(list, 'Cache-Control', cacheControl);
}
