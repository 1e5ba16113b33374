import type { Model } from '../../../model/build.ts';
import { scopesWithin, usesIn } from '../../../model/scope.ts';
import { type BodyTransform, handle, type PlanContext } from '../../../runtime/hooks.ts';
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
    const [known, names] = [recodings(maps), charsetNames(at.model)];
    if (names.size === 0) return undefined;
    if (charset !== 'off') checkPair(source, charset, known, at);
    const isOfType = mediaTypeTest(types.length > 0 ? types : defaultTypes);
    const [destination, origin] = [charset === 'off' ? null : at.script(charset), at.script(source)];
    // ngx_http_destination_charset
    const charsetFor = (r: RequestState): string | undefined => {
      const { contentType, overrideCharset } = r.headersOut;
      if (contentType === '') return undefined;
      if (overrideCharset !== '') return knownCharset(r, overrideCharset, names);
      if (!destination || (charsetOf(contentType) !== '' ? !override : !isOfType(r))) return undefined;
      return destination(r);
    };
    // ngx_http_charset_header_filter
    return (request) => {
      const r = request as RequestState;
      // What a subrequest writes comes in the charset of the main request's answer (ngx_http_main_request_charset).
      const to = r.parent ? charsetOf(r.main.headersOut.contentType) : charsetFor(r);
      if (to === undefined || (to === '' && r.parent)) return undefined;
      const named = charsetOf(r.headersOut.contentType);
      const from = named !== '' ? named : origin(r);
      const isChanged = from !== '' && !isSame(from, to);
      const recoding = isChanged ? recodingFor(r, from, to, known) : undefined;
      if (recoding || !isChanged) name(r, to);
      return recoding;
    };
  },
});

const namesOf = new WeakMap<Model, ReadonlySet<string>>();

/** All charsets that a configuration names, in lower case (ngx_http_add_charset). */
function charsetNames(model: Model): ReadonlySet<string> {
  let names = namesOf.get(model);
  if (!names) {
    const directives = ['charset', 'source_charset', 'charset_map'];
    const uses = scopesWithin(model.root).flatMap((scope) => directives.flatMap((directive) => usesIn(scope, directive)));
    const words = uses.flatMap(({ directive: { args } }) => args);
    names = new Set(words.filter((word) => word !== 'off' && !isDynamic(word)).map((word) => word.toLowerCase()));
    // A variable may name any.
    if (words.some(isDynamic)) names = new Set([...names, '']);
    namesOf.set(model, names);
  }
  return names;
}

function knownCharset(r: RequestState, charset: string, names: ReadonlySet<string>): string | undefined {
  if (names.has(charset.toLowerCase())) return charset;
  r.log('error', `unknown charset "${charset}" to override`);
  return undefined;
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
function name({ headersOut: out, status, parent }: RequestState, charset: string): void {
  if (parent) return;
  const type = out.contentType.slice(0, typeLength(out.contentType));
  out.contentType = status === 301 || status === 302 || charset === '' ? type : `${type}; charset=${charset}`;
}
