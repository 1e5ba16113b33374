import { httpDate } from '../../../runtime/engine.ts';
import { handle, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { putField, removeField } from '../../../runtime/http/header-list.ts';
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

/** `add_header` and `expires`. */
export const headersFilterHandler = handle(httpHeadersFilter, {
  headerFilter({ headers, expires }, at) {
    if (headers.length === 0 && expires.kind === 'off') return undefined;
    const planned = headers.map(
      ({ name, value, always }: AddedHeader): PlannedHeader => ({ name, value: at.script(value), always }),
    );
    const expire = planExpires(expires, at);
    return (request) => {
      const r = request as RequestState;
      const isSafe = safe.has(r.status);
      if (isSafe && expire) expire(r);
      for (const header of planned) if (isSafe || header.always) add(r, header);
    };
  },
});

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
    const until = end(expires, now, r.headersOut.lastModified);
    set(r, httpDate(until), expires.seconds < 0 || until < now ? 'no-cache' : `max-age=${until - now}`);
  }
}

function end({ since, seconds }: Extract<Expires, { kind: 'time' }>, now: number, lastModified: number): number {
  if (since === 'midnight') return nextTime(seconds, now);
  return since === 'modified' && lastModified !== -1 ? lastModified + seconds : now + seconds;
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
