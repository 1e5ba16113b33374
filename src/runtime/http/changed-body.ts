import { fieldOf, putField, removeField } from './header-list.ts';
import type { RequestState } from './request-state.ts';

/* What a filter that changes a body does to the head. */

/** The length is not known any more, and parts cannot be asked for (ngx_http_clear_content_length, …_accept_ranges). */
export function forgetLength(r: RequestState): void {
  r.headersOut.contentLength = -1;
  forgetRanges(r);
}

/** Parts cannot be asked for (ngx_http_clear_accept_ranges). */
export function forgetRanges(r: RequestState): void {
  r.allowRanges = false;
  removeField(r.headersOut.list, 'accept-ranges');
}

/** The same bytes are not promised any more: `"x"` becomes `W/"x"`, and what is no tag goes (ngx_http_weak_etag). */
export function weakenEtag({ headersOut: { list } }: RequestState): void {
  const etag = fieldOf(list, 'etag');
  if (etag === undefined || (etag.length > 2 && etag.startsWith('W/'))) return;
  if (etag.startsWith('"')) putField(list, 'ETag', `W/${etag}`);
  else removeField(list, 'etag');
}

/** The client's copy cannot be compared with this one (ngx_http_clear_last_modified, ngx_http_clear_etag). */
export function forgetValidators({ headersOut: out }: RequestState): void {
  out.lastModified = -1;
  removeField(out.list, 'last-modified');
  removeField(out.list, 'etag');
}
