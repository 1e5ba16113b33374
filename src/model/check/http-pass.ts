import * as say from '../../diagnostics/nginx-messages.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { locationOf } from './http-location.ts';
import { regex } from './regex.ts';
import type { Call } from './run.ts';
import { addUpstream, frameIsNameless } from './upstreams.ts';
import { useVariable, variablesIn } from './variables.ts';
import { addZone } from './zones.ts';

/** ngx_http_proxy_pass */
export function proxyPass(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const url = call.arg(0);
  if (url.includes('$')) {
    if (variablesIn(call, url, 0)) call.set({ hasVariables: true });
    return;
  }
  const scheme = /^https?:\/\//i.exec(url)?.[0] ?? '';
  if (scheme === '') return call.fail(say.invalidUrlPrefix, 0, 'proxy-pass-missing-scheme');
  const rest = url.slice(scheme.length);
  const parsed = parseUrl(rest, { uriPart: true, defaultPort: scheme.length === 7 ? 80 : 443 });
  if (!addUpstream(call, parsed, rest, false)) return;
  call.set({ hasVariables: false });
  const kind = locationOf(call.frame)?.kind;
  const forbids = kind === 'named' || kind === 'regex' || frameIsNameless(call.frame);
  if (forbids && parsed.uri !== '') call.fail(say.uriNotAllowed(call.name), 0, 'proxy-pass-uri-not-allowed');
}

/** ngx_http_fastcgi_pass, ngx_http_scgi_pass, ngx_http_uwsgi_pass, ngx_http_memcached_pass, ngx_http_grpc_pass */
export function plainPass(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const url = call.arg(0);
  if (url.includes('$') && call.name !== 'memcached_pass') {
    if (variablesIn(call, url, 0)) call.set(true);
    return;
  }
  const rest = withoutScheme(call.name, url);
  if (!addUpstream(call, parseUrl(rest, {}), rest, false)) return;
  call.set(true);
  if (call.name === 'memcached_pass') useVariable(call, 'memcached_key', 0);
}

function withoutScheme(name: string, url: string): string {
  if (name === 'grpc_pass') return url.replace(/^grpcs?:\/\//i, '');
  if (name === 'uwsgi_pass') return url.replace(/^s?uwsgi:\/\//i, '');
  return url;
}

/** ngx_http_proxy_redirect */
export function proxyRedirect(call: Call): void {
  const { frame, args } = call;
  if (frame.own('proxy_redirect') === 'off') return call.duplicate();
  const [first = '', second] = args;
  if (second === undefined) {
    if (first === 'off') {
      if (frame.fields.has('proxy_redirect')) return call.duplicate();
      frame.fields.set('proxy_redirect', 'off');
      return;
    }
    if (first !== 'default') return call.fail(say.invalidParameter(first), 0);
    frame.fields.set('proxy_redirect', 'on');
    const pass = frame.own<{ hasVariables: boolean }>('proxy_pass');
    if (pass?.hasVariables) return call.fail(say.redirectDefaultWithVariables);
    // At the top of a fragment the line may stand above the include.
    if (!pass) return call.fail(say.redirectDefaultTooEarly, undefined, frame.parent ? undefined : 'incomplete');
    return;
  }
  frame.fields.set('proxy_redirect', 'on');
  if (patternOrValue(call, first, 0, /^~\*?/)) variablesIn(call, second, 1);
}

/** ngx_http_proxy_cookie_domain, ngx_http_proxy_cookie_path, ngx_http_proxy_cookie_flags */
export function proxyCookie(call: Call): void {
  const { frame, args, name } = call;
  if (frame.own(name) === 'off') return call.duplicate();
  const [first = '', ...rest] = args;
  if (rest.length === 0) {
    if (first !== 'off') return call.fail(say.invalidParameter(first), 0);
    if (frame.fields.has(name)) return call.duplicate();
    frame.fields.set(name, 'off');
    return;
  }
  frame.fields.set(name, 'on');
  if (!patternOrValue(call, first, 0, name === 'proxy_cookie_path' ? /^~\*?/ : /^~/)) return;
  for (const [index, value] of rest.entries()) if (!variablesIn(call, value, index + 1)) return;
}

function patternOrValue(call: Call, word: string, arg: number, mark: RegExp): boolean {
  const sign = mark.exec(word)?.[0];
  return sign === undefined ? variablesIn(call, word, arg) : regex(call, word.slice(sign.length), arg) !== null;
}

/** ngx_http_proxy_store and its like */
export function store(call: Call): void {
  const { frame, name } = call;
  if (frame.fields.has(name)) return call.duplicate();
  const value = call.arg(0);
  if (value === '' && call.since('1.27.3')) return call.fail(say.emptyPath, 0);
  const cache = name.replace('_store', '_cache');
  if (value !== 'off' && frame.own<string>(cache) !== undefined && frame.own<string>(cache) !== 'off') {
    return call.refuse(`is incompatible with "${cache}"`, undefined, 'zone-conflict');
  }
  call.set(value);
  if (value !== 'on' && value !== 'off') variablesIn(call, value, 0);
}

/** ngx_http_proxy_cache and its like */
export function cache(call: Call): void {
  const { frame, name } = call;
  if (frame.fields.has(name)) return call.duplicate();
  const value = call.arg(0);
  if (value === 'off') {
    call.set('off');
    return;
  }
  const stores = name.replace('_cache', '_store');
  if (frame.own<string>(stores) !== undefined && frame.own<string>(stores) !== 'off')
    return call.refuse(`is incompatible with "${stores}"`, undefined, 'zone-conflict');
  call.set(value);
  if (!variablesIn(call, value, 0) || value.includes('$')) return;
  const zone = addZone(call, value, 0, call.entry.module.name, 0);
  if (zone) frame.fields.set(`${name} zone`, { zone, directive: call.directive });
}

/** ngx_http_fastcgi_split_path_info */
export function splitPathInfo(call: Call): void {
  const compiled = regex(call, call.arg(0), 0, 'plain');
  if (compiled && compiled.groups !== 2) call.fail(say.mustHaveTwoCaptures(call.arg(0)), 0, 'invalid-regex');
}
