import { type BodyTransform, handle, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { fieldOf } from '../../../runtime/http/header-list.ts';
import { charsetOf, mediaTypeTest, typeLength } from '../../../runtime/http/media-types.ts';
import { directiveInForce } from '../../../runtime/http/pass-location.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { isDynamic } from '../../../schema/values/script.ts';
import { httpCharsetFilter } from './directives.ts';
import { keyOf, type Recodings, recodings } from './recode.ts';
import { isSame } from './settings.ts';

const defaultTypes = [
  ['text/html', 'text/xml', 'text/plain', 'text/vnd.wap.wml', 'application/javascript', 'application/rss+xml'],
];

/** Names the charset of answers, and recodes them. */
export const charsetFilterHandler = handle(httpCharsetFilter, {
  headerFilter({ charset, source, override, types, maps }, at) {
    const known = recodings(maps);
    const origin = at.script(source);
    if (charset === 'off') return known.size === 0 ? undefined : (r) => subrequestRecoding(r as RequestState, origin, known);
    checkPair(source, charset, known, at);
    const isOfType = mediaTypeTest(types.length > 0 ? types : defaultTypes);
    const destination = at.script(charset);
    // ngx_http_charset_header_filter
    return (request) => {
      const r = request as RequestState;
      if (r.parent) return subrequestRecoding(r, origin, known);
      const out = r.headersOut;
      const named = charsetOf(out.contentType);
      if (out.contentType === '' || (named !== '' ? !override : !isOfType(r))) return undefined;
      const to = destination(r);
      const from = named !== '' ? named : origin(r);
      if (from === '' || isSame(from, to)) {
        name(r, to);
        return undefined;
      }
      const recoding = recodingFor(r, from, to, known);
      if (recoding) name(r, to);
      return recoding;
    };
  },
});

/** What a subrequest writes comes in the charset of the main request's answer (ngx_http_main_request_charset). */
function subrequestRecoding(r: RequestState, origin: Script, known: Recodings): BodyTransform | undefined {
  if (!r.parent) return undefined;
  const to = charsetOf(r.main.headersOut.contentType);
  const named = charsetOf(r.headersOut.contentType);
  const from = named !== '' ? named : origin(r);
  return to === '' || from === '' || isSame(from, to) ? undefined : recodingFor(r, from, to, known);
}

function recodingFor(r: RequestState, from: string, to: string, known: Recodings): BodyTransform | undefined {
  if (fieldOf(r.headersOut.list, 'content-encoding')) return undefined;
  const recoding = known.get(keyOf(from, to));
  if (!recoding) {
    r.log('error', missing(from, to));
    return undefined;
  }
  if (isSame(from, 'utf-8') || isSame(to, 'utf-8')) r.headersOut.contentLength = -1;
  return recoding();
}

/** What is written without variables is checked at the start (ngx_http_charset_postconfiguration). */
function checkPair(from: string, to: string, known: Recodings, at: PlanContext): void {
  if (from === '' || isDynamic(from) || isDynamic(to) || isSame(from, to) || known.has(keyOf(from, to))) return;
  at.fail(directiveInForce('charset', at), missing(from, to));
}

function missing(from: string, to: string): string {
  return `no "charset_map" between the charsets "${from}" and "${to}"`;
}

/** ngx_http_set_charset: redirects name none. */
function name({ headersOut: out, status }: RequestState, charset: string): void {
  const type = out.contentType.slice(0, typeLength(out.contentType));
  out.contentType = status === 301 || status === 302 || charset === '' ? type : `${type}; charset=${charset}`;
}
