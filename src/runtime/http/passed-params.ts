import type { PassedParam } from '../../schema/values/gateway.ts';
import { isAtLeast } from '../../schema/version.ts';
import type { PlanContext, Script } from '../hooks.ts';
import type { Request } from './request.ts';

/** A request's params: name, value, name, value … */
export type Params = (r: Request) => string[];

interface CompiledParam {
  readonly name: string;
  readonly value: Script;
  readonly ifNotEmpty: boolean;
}

/** What is added when the configuration has none of that name (since 1.29.5). */
const ownHost: PassedParam = { name: 'HTTP_HOST', value: '$host$is_request_port$request_port', ifNotEmpty: true };

/** When the response is to be kept it is asked for as a whole (ngx_http_fastcgi_cache_headers). */
const ofKept: readonly PassedParam[] = [
  { name: 'HTTP_IF_MODIFIED_SINCE', value: '$upstream_cache_last_modified', ifNotEmpty: false },
  { name: 'HTTP_IF_UNMODIFIED_SINCE', value: '', ifNotEmpty: false },
  { name: 'HTTP_IF_NONE_MATCH', value: '$upstream_cache_etag', ifNotEmpty: false },
  { name: 'HTTP_IF_MATCH', value: '', ifNotEmpty: false },
  { name: 'HTTP_RANGE', value: '', ifNotEmpty: false },
  { name: 'HTTP_IF_RANGE', value: '', ifNotEmpty: false },
];

/** Compiles `fastcgi_param` and its like (ngx_http_fastcgi_init_params); client headers follow unless a param replaces them. */
export function compileParams(
  { params: own, passRequestHeaders }: { readonly params: readonly PassedParam[]; readonly passRequestHeaders: boolean },
  keeps: boolean,
  at: PlanContext,
): Params {
  const joins = isAtLeast(at.version, '1.23.0');
  const configured = keeps ? [...own, ...ofKept.filter(({ name }) => own.every((param) => param.name !== name))] : own;
  const hasHost = configured.some(({ name }) => name.toUpperCase() === ownHost.name);
  const params = hasHost || !isAtLeast(at.version, '1.29.5') ? configured : [...configured, ownHost];
  const replaced = new Set(params.filter(isHeader).map(({ name }) => name.slice(5).toLowerCase()));
  const compiled: CompiledParam[] = params
    .filter((param) => !isHeader(param) || param.value !== '')
    .map(({ name, value, ifNotEmpty }) => ({ name, value: at.script(value), ifNotEmpty }));
  return (r) => {
    const pairs: string[] = [];
    for (const { name, value, ifNotEmpty } of compiled) {
      const text = value(r);
      if (text !== '' || !ifNotEmpty) pairs.push(name, text);
    }
    if (passRequestHeaders) addHeaders(pairs, r, replaced, joins);
    return pairs;
  };
}

function isHeader({ name }: PassedParam): boolean {
  return name.startsWith('HTTP_') && name.length > 5;
}

/** Fields of one name are one param since 1.23.0, and one each before. */
function addHeaders(pairs: string[], r: Request, replaced: ReadonlySet<string>, joins: boolean): void {
  const { lower, values } = r.headersIn;
  for (let i = 0; i < lower.length; i++) {
    const name = lower[i] as string;
    if ((joins && lower.indexOf(name) < i) || replaced.has(name.replaceAll('-', '_'))) continue;
    let value = values[i] as string;
    const separator = name === 'cookie' ? '; ' : ', ';
    for (let next = joins ? lower.indexOf(name, i + 1) : -1; next > 0; next = lower.indexOf(name, next + 1))
      value += separator + values[next];
    pairs.push(`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value);
  }
}
