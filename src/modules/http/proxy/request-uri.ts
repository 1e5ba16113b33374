import { escapeUri } from '../../../runtime/http/escape.ts';
import type { Request } from '../../../runtime/http/request.ts';

/** What the URI sent upstream is made of. */
export interface UriParts {
  /** From the first `/` or `?` of the `proxy_pass` URL on; '' when there is none. */
  readonly uri: string;
  /** True when the URL has variables: then `uri` is all. */
  readonly dynamic: boolean;
  /** The length of the location's name, which the URI part replaces. */
  readonly locationLength: number;
}

/** The URI of the request line (ngx_http_proxy_create_request). */
export function requestUri(r: Request, { uri, dynamic, locationLength }: UriParts): string {
  if (dynamic && uri !== '') return uri;
  if (uri === '' && r.validUnparsedUri) return r.unparsedUri;
  const cut = r.validLocation && uri !== '' ? Math.min(locationLength, r.uri.length) : 0;
  const rest = cut === 0 ? r.uri : r.uri.slice(cut);
  const path = (r.validLocation ? uri : '') + (r.quotedUri || r.internal ? escapeUri(rest) : rest);
  return r.args === '' ? path : `${path}?${r.args}`;
}
