import type { PlanContext, Script } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { isDynamic } from '../../../schema/values/script.ts';
import { isAtLeast } from '../../../schema/version.ts';
import type { HeaderToSet } from './settings.ts';

/** What the headers depend on besides the request. */
export interface HeadValues {
  /** `$proxy_host` of this request. */
  readonly proxyHost: string;
  /** -1 when the request has no body. */
  readonly bodyLength: number;
  /** True when the body goes out in chunks. */
  readonly chunked: boolean;
}

/** The header lines of a proxied request, without the request line and the empty line. */
export type HeadLines = (r: Request, values: HeadValues) => string;

type Line = { readonly name: string; readonly value: Script } | { readonly text: string } | 'host' | 'length' | 'chunked';

/** Compiles `proxy_set_header` and what nginx adds by itself (ngx_http_proxy_init_headers). */
export function headLines(
  { setHeaders: set, passRequestHeaders }: { readonly setHeaders: readonly HeaderToSet[]; readonly passRequestHeaders: boolean },
  { version11, keeps }: { readonly version11: boolean; readonly keeps: boolean },
  at: PlanContext,
): HeadLines {
  const hostFirst = isAtLeast(at.version, '1.31.4');
  const defaults = [...defaultsOf(at.version, hostFirst), ...(keeps ? ofKept : [])];
  const lines = compile(hostFirst ? set.filter(({ name }) => name.toLowerCase() !== 'host') : set, defaults, at);
  const ownHost = hostFirst ? set.findLast(({ name }) => name.toLowerCase() === 'host') : undefined;
  const hostScript = ownHost ? at.script(ownHost.value) : null;
  const replaced = new Set([...defaults.map(([name]) => name.toLowerCase()), ...set.map(({ name }) => name.toLowerCase())]);
  return (r, values) => {
    let head = '';
    if (hostFirst) {
      const host = hostScript ? hostScript(r) || (version11 ? values.proxyHost : '') : values.proxyHost;
      if (host !== '') head = `Host: ${host}\r\n`;
    }
    for (const line of lines) head += lineText(line, r, values);
    return passRequestHeaders ? head + clientHeaders(r, replaced) : head;
  };
}

/** A name that nginx sets or removes, and what it sets it to; null: removed. */
type Default = readonly [name: string, value: 'host' | 'length' | 'chunked' | string | null];

/** When the response is to be kept it is asked for as a whole (ngx_http_proxy_cache_headers). */
const ofKept: readonly Default[] = [
  ['If-Modified-Since', '$upstream_cache_last_modified'],
  ['If-Unmodified-Since', null],
  ['If-None-Match', '$upstream_cache_etag'],
  ['If-Match', null],
  ['Range', null],
  ['If-Range', null],
];

function defaultsOf(version: string, hostFirst: boolean): readonly Default[] {
  return [
    ['Host', hostFirst ? null : 'host'],
    ['Connection', isAtLeast(version, '1.29.7') ? null : 'close'],
    ...(isAtLeast(version, '1.31.0') ? ([['Proxy-Connection', null]] as const) : []),
    ['Content-Length', 'length'],
    ['Transfer-Encoding', 'chunked'],
    ['TE', null],
    ['Keep-Alive', null],
    ['Expect', null],
    ['Upgrade', null],
  ];
}

/** The lines in order: those of the configuration, then the defaults it does not replace. */
function compile(set: readonly HeaderToSet[], defaults: readonly Default[], at: PlanContext): readonly Line[] {
  const lines: Line[] = [];
  for (const { name, value } of set) {
    if (isDynamic(value)) lines.push({ name, value: at.script(value) });
    else if (value !== '') add(lines, `${name}: ${value}\r\n`);
  }
  const named = new Set(set.map(({ name }) => name.toLowerCase()));
  for (const [name, value] of defaults) {
    if (value === null || named.has(name.toLowerCase())) continue;
    if (value === 'host' || value === 'length' || value === 'chunked') lines.push(value);
    else if (isDynamic(value)) lines.push({ name, value: at.script(value) });
    else add(lines, `${name}: ${value}\r\n`);
  }
  return lines;
}

/** Neighbouring constant lines are one text. */
function add(lines: Line[], text: string): void {
  const last = lines.at(-1);
  if (typeof last === 'object' && 'text' in last) lines[lines.length - 1] = { text: last.text + text };
  else lines.push({ text });
}

function lineText(line: Line, r: Request, values: HeadValues): string {
  if (line === 'host') return values.proxyHost === '' ? '' : `Host: ${values.proxyHost}\r\n`;
  if (line === 'length') return values.bodyLength < 0 ? '' : `Content-Length: ${values.bodyLength}\r\n`;
  if (line === 'chunked') return values.chunked ? 'Transfer-Encoding: chunked\r\n' : '';
  if ('text' in line) return line.text;
  const value = line.value(r);
  return value === '' ? '' : `${line.name}: ${value}\r\n`;
}

function clientHeaders(r: Request, replaced: ReadonlySet<string>): string {
  const { names, values, lower } = r.headersIn;
  let text = '';
  for (let i = 0; i < names.length; i++) {
    if (!replaced.has(lower[i] as string)) text += `${names[i]}: ${values[i]}\r\n`;
  }
  return text;
}
