import { type BodyFilter, type BodyOutlet, handle } from '../../../runtime/hooks.ts';
import { fieldOf, removeField } from '../../../runtime/http/header-list.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import { httpSliceFilter } from './directives.ts';

/** How far a response that is made of slices is; its subrequests share it (ngx_http_slice_ctx_t). Offsets in bytes. */
interface Slices {
  readonly size: number;
  /** Where the next slice begins. */
  start: number;
  /** Behind the last byte that is wanted. */
  end: number;
  /** What `$slice_range` says now. */
  range: string;
  etag: string;
  /** A slice has answered since the last one was asked for. */
  active: boolean;
}

const sizes = new WeakMap<LocationPlan, number>();
const nothing = Buffer.alloc(0);

/** `slice`: a response is asked for in pieces of one size, each by a request of its own. */
export const sliceFilterHandler = handle(httpSliceFilter, {
  rewrite({ size }, at) {
    if (size > 0) sizes.set(at.location, size);
    return undefined;
  },
  firstFilter: () => (request) => {
    const r = request as RequestState;
    const slices = slicesOf(r);
    return slices && checkSlice(r, slices);
  },
  variables: { slice_range: (r) => (slicesOf(r) ?? firstSlice(r as RequestState))?.range },
});

function slicesOf(r: Request): Slices | undefined {
  return r.moduleData.get(httpSliceFilter) as Slices | undefined;
}

// ngx_http_slice_range_variable
function firstSlice(r: RequestState): Slices | undefined {
  const size = sizes.get(r.location);
  if (size === undefined || r.parent || r.status !== 0) return undefined;
  const slices: Slices = { size, start: 0, end: 0, range: '', etag: '', active: false };
  ask(slices, size * Math.floor(wantedStart(r) / size));
  r.moduleData.set(httpSliceFilter, slices);
  return slices;
}

function ask(slices: Slices, start: number): void {
  slices.start = start;
  slices.range = `bytes=${start}-${start + slices.size - 1}`;
}

/** Where the client's only range begins; 0 when that is not known yet (ngx_http_slice_get_start). */
function wantedStart({ headersIn }: RequestState): number {
  const field = headersIn.get('if-range') === undefined ? headersIn.get('range') : undefined;
  return Number(/^bytes= *([0-9]{1,15})[^,]*$/i.exec(field ?? '')?.[1] ?? 0);
}

/** Takes a slice for the whole, whose length it tells (ngx_http_slice_header_filter). */
function checkSlice(r: RequestState, slices: Slices): BodyFilter | undefined {
  const { headersOut: out } = r;
  if (r.status !== 206 && !r.parent) {
    r.moduleData.delete(httpSliceFilter);
    return undefined;
  }
  const etag = fieldOf(out.list, 'etag') ?? '';
  const range = contentRange(fieldOf(out.list, 'content-range'));
  const end = range && Math.min(range.start + slices.size, range.length);
  if (r.status !== 206) return refuse(r, `unexpected status code ${r.status} in slice response`);
  if (slices.etag !== '' && etag !== slices.etag) return refuse(r, 'etag mismatch in slice response');
  if (!range || end === undefined) return refuse(r, 'invalid range in slice response');
  if (range.length < 0) return refuse(r, 'no complete length in slice response');
  if (range.start !== slices.start || range.end !== end) {
    const expected = `${slices.start}-${end}`;
    return refuse(r, `unexpected range in slice response: ${range.start}-${range.end}, expected: ${expected}`);
  }
  slices.etag = etag;
  slices.start = end;
  slices.active = true;
  r.status = 200;
  out.statusText = '';
  out.contentLength = range.length;
  removeField(out.list, 'content-range');
  removeField(out.list, 'accept-ranges');
  r.allowRanges = r.singleRange = true;
  r.slice = { offset: range.start };
  return r.parent ? undefined : inSlices(r, slices, range.length);
}

// ngx_http_slice_parse_content_range
function contentRange(field = ''): { readonly start: number; readonly end: number; readonly length: number } | undefined {
  const [, start, last, length] = /^bytes +([0-9]{1,15}) *- *([0-9]{1,15}) *\/ *([0-9]{1,15}|\*) *$/.exec(field) ?? [];
  if (start === undefined || last === undefined || length === undefined) return undefined;
  return { start: Number(start), end: Number(last) + 1, length: length === '*' ? -1 : Number(length) };
}

/** Closes the connection as it is: what has been sent cannot be taken back. */
function refuse(r: RequestState, problem: string): undefined {
  r.log('error', problem);
  r.main.terminate(0);
}

/** Puts the other slices behind the first one (ngx_http_slice_body_filter). */
function inSlices(r: RequestState, slices: Slices, length: number): BodyFilter {
  let waits = false;
  const next = (out: BodyOutlet): void => {
    if (!slices.active) {
      refuse(r, 'missing slice response');
      return;
    }
    waits = slices.start < slices.end;
    if (!waits) {
      r.moduleData.delete(httpSliceFilter);
      out(nothing, true);
      return;
    }
    ask(slices, slices.start);
    slices.active = false;
    const sr = r.subrequest(r.uri, { args: r.args, clone: true });
    if (sr) sr.moduleData.set(httpSliceFilter, slices);
    else r.terminate(0);
  };
  return {
    get waits() {
      return waits;
    },
    take(chunk, last, out) {
      if (chunk.length > 0) out(chunk, false);
      if (!last) return;
      const { cut } = r;
      slices.end = cut ? cut.end : length;
      if (cut && slices.start + slices.size <= cut.start) slices.start = slices.size * Math.floor(cut.start / slices.size);
      next(out);
    },
    resume: next,
  };
}
