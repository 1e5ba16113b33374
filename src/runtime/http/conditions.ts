import { fieldOf, removeField } from './header-list.ts';
import { parseHttpTime } from './http-time.ts';
import { type RequestState, SentHeaders } from './request-state.ts';

/*
 * Conditional requests (ngx_http_not_modified_header_filter). Responses of an upstream are left alone
 * unless they are kept.
 */

/** Turns a 200 into 304 or 412 where the request asks for it; false when another response has been sent instead. */
export function checkConditions(r: RequestState): boolean {
  if (r.status !== 200 || r.comparesNot) return true;
  const { headersIn } = r;
  const unmodifiedSince = headersIn.get('if-unmodified-since');
  if (unmodifiedSince !== undefined && !isUnmodified(r, unmodifiedSince)) return precondition(r);
  const match = headersIn.get('if-match');
  if (match !== undefined && !matches(r, match, false)) return precondition(r);
  const modifiedSince = headersIn.get('if-modified-since');
  const noneMatch = headersIn.get('if-none-match');
  if (modifiedSince === undefined && noneMatch === undefined) return true;
  if (modifiedSince !== undefined && isModified(r, modifiedSince)) return true;
  if (noneMatch !== undefined && !matches(r, noneMatch, true)) return true;
  r.status = 304;
  r.headersOut.statusText = '';
  r.headersOut.contentType = '';
  r.headersOut.contentLength = -1;
  r.allowRanges = false;
  removeField(r.headersOut.list, 'content-encoding');
  removeField(r.headersOut.list, 'accept-ranges');
  return true;
}

// ngx_http_filter_finalize_request
function precondition(r: RequestState): false {
  r.headersOut = new SentHeaders();
  r.filterFinalized = true;
  r.special(412);
  return false;
}

function isUnmodified({ headersOut: { lastModified } }: RequestState, text: string): boolean {
  return lastModified !== -1 && lastModified <= parseHttpTime(text);
}

function isModified(r: RequestState, text: string): boolean {
  const { lastModified } = r.headersOut;
  const { ifModifiedSince } = r.location.core;
  if (lastModified === -1 || ifModifiedSince === 'off') return true;
  const since = parseHttpTime(text);
  return since !== lastModified && (ifModifiedSince === 'exact' || since < lastModified);
}

// ngx_http_test_if_match
function matches(r: RequestState, text: string, weak: boolean): boolean {
  if (text === '*') return true;
  const etag = fieldOf(r.headersOut.list, 'etag');
  if (etag === undefined) return false;
  const wanted = weak ? strong(etag) : etag;
  return text.split(/,[ \t,]*/).some((tag) => (weak ? strong(tag) : tag).replace(/[ \t]+$/, '') === wanted);
}

function strong(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}
