import { failed } from '../../host/host.ts';
import { inLowerCase } from '../../model/address.ts';
import { addressBytes } from '../../schema/values/ip-address.ts';
import { proxyValue } from '../codec/proxy-protocol.ts';
import { httpDate } from '../engine.ts';
import type { VariableTable } from '../plan/variables.ts';
import { basicCredentials } from './basic-credentials.ts';
import { filePath } from './file-path.ts';
import { joinedFields } from './header-list.ts';
import { clfTime, isoTime } from './log-time.ts';
import type { Request } from './request.ts';
import type { RequestState } from './request-state.ts';
import { systemErrorText } from './system-error-text.ts';

/*
 * Variables of ngx_http_core_module (ngx_http_core_variables). Names that end in `_` take any rest.
 */

/** What `r` really is. */
function own(r: Request): RequestState {
  return r as RequestState;
}

/** Everything about the request itself and its connection. */
export const coreVariables: VariableTable = {
  arg_: (r, name) => argument(r.args, name),
  args: (r) => (r.args === '' ? undefined : r.args),
  binary_remote_addr: (r) => addressBytes(r.remoteAddr) ?? r.remoteAddr,
  body_bytes_sent: (r) => String(r.bodyBytesSent),
  bytes_sent: (r) => String(own(r).bytesSent),
  connection: (r) => String(own(r).connection.id),
  connection_requests: (r) => String(own(r).connection.requests),
  connection_time: (r) => seconds(own(r).connection.engine.now() - own(r).connection.startedAt),
  content_length: (r) => (r.headersIn.contentLength >= 0 ? String(r.headersIn.contentLength) : undefined),
  content_type: (r) => headerNamed(r, 'content_type'),
  cookie_: (r, name) => cookie(r, name),
  document_root: (r) => own(r).location.documentRoot(r),
  document_uri: (r) => r.uri,
  host: (r) => (r.host !== '' ? r.host : r.server.name),
  hostname: (r) => inLowerCase(own(r).connection.engine.host.hostname),
  http_: (r, name) => headerNamed(r, name),
  https: () => undefined,
  is_args: (r) => (r.args === '' ? '' : '?'),
  is_request_port: (r) => (requestPort(r) === '' ? '' : ':'),
  limit_rate: (r) => String(own(r).limitRate ?? 0),
  msec: (r) => seconds(own(r).connection.engine.host.clock.now()),
  nginx_version: (r) => own(r).connection.engine.profile.version,
  pid: (r) => String(own(r).connection.engine.host.pid),
  pipe: (r) => (own(r).pipelined ? 'p' : '.'),
  proxy_protocol_addr: (r) => r.proxyHeader?.source,
  proxy_protocol_port: (r) => portText(r.proxyHeader?.sourcePort),
  proxy_protocol_server_addr: (r) => r.proxyHeader?.destination,
  proxy_protocol_server_port: (r) => portText(r.proxyHeader?.destinationPort),
  proxy_protocol_tlv_: (r, name) =>
    r.proxyHeader ? proxyValue(r.proxyHeader, name, (nginx) => r.log('error', nginx)) : undefined,
  query_string: (r) => (r.args === '' ? undefined : r.args),
  realpath_root: (r) => realRoot(own(r)),
  remote_addr: (r) => r.remoteAddr,
  remote_port: (r) => (r.client.kind === 'ip' && r.client.port > 0 ? String(r.client.port) : ''),
  remote_user: (r) => basicCredentials(r)?.user,
  request: (r) => (r.requestLine === '' ? undefined : r.requestLine),
  request_body: (r) => (own(r).bodyFile === '' ? bodyText(own(r)) : undefined),
  request_body_file: (r) => (own(r).bodyFile === '' ? undefined : own(r).bodyFile),
  request_completion: (r) => (own(r).finished && own(r).bodyEnded ? 'OK' : ''),
  request_filename: (r) => filePath(own(r)),
  request_id: (r) => requestId(own(r)),
  request_length: (r) => String(own(r).requestLength),
  request_method: (r) => (r.method === '' ? undefined : r.method),
  request_port: (r) => requestPort(r) || undefined,
  request_time: (r) => seconds(own(r).connection.engine.now() - r.startedAt),
  request_uri: (r) => (r.unparsedUri === '' ? undefined : r.unparsedUri),
  scheme: () => 'http',
  sent_trailer_: (r, name) => joinedFields(own(r).sentTrailers, name.replaceAll('_', '-')),
  sent_http_: (r, name) => sentField(r, name.replaceAll('_', '-')),
  server_addr: (r) => (r.local.kind === 'ip' ? r.local.host : `unix:${r.local.path}`),
  server_name: (r) => r.server.name,
  server_port: (r) => (r.local.kind === 'ip' ? String(r.local.port) : ''),
  server_protocol: (r) => protocol(own(r)),
  status: (r) => statusOf(own(r)),
  time_iso8601: (r) => isoTime(own(r).connection.engine.host.clock.now()),
  time_local: (r) => clfTime(own(r).connection.engine.host.clock.now()),
  uri: (r) => r.uri,
};

/** `$arg_x`: the first argument of that name, as it stands there (ngx_http_arg); names count without regard to case. */
export function argument(args: string, name: string): string | undefined {
  if (args === '') return undefined;
  for (const part of args.split('&')) {
    if (part.length > name.length && part[name.length] === '=' && part.slice(0, name.length).toLowerCase() === name)
      return part.slice(name.length + 1);
  }
  return undefined;
}

/** There is none to speak of when nothing has come (ngx_http_variable_request_body). */
function bodyText({ body }: RequestState): string | undefined {
  if (body?.length === 0) return undefined;
  return body?.chunks.map((chunk) => chunk.toString('latin1')).join('');
}

function portText(port: number | undefined): string | undefined {
  return port === 0 ? '' : port?.toString();
}

/** `s.mmm`. */
export function seconds(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds));
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`;
}

function headerNamed(r: Request, name: string): string | undefined {
  const { lower, values } = r.headersIn;
  const wanted = name.replaceAll('_', '-');
  let joined: string | undefined;
  for (let at = 0; at < lower.length; at++) {
    if (lower[at] !== wanted && lower[at]?.replaceAll('_', '-') !== wanted) continue;
    joined = joined === undefined ? (values[at] as string) : `${joined}${wanted === 'cookie' ? '; ' : ', '}${values[at]}`;
    if (own(r).connection.engine.profile.firstFieldOnly(wanted)) return joined;
  }
  return joined;
}

function sentField(r: Request, lower: string): string | undefined {
  const { headersOut: out } = r;
  switch (lower) {
    case 'content-type':
      return out.contentType === '' ? undefined : out.contentType;
    case 'content-length':
      return out.contentLength < 0 ? undefined : String(out.contentLength);
    case 'last-modified':
      if (out.lastModified !== -1) return httpDate(out.lastModified);
      break;
    case 'location':
      if (out.location !== '') return out.location;
      break;
    case 'connection':
      return r.status === 101 ? 'upgrade' : own(r).keepalive ? 'keep-alive' : 'close';
    case 'keep-alive':
      return keepAlive(own(r));
    case 'transfer-encoding':
      return own(r).chunkedOut ? 'chunked' : undefined;
    default:
  }
  return joinedFields(out.list, lower);
}

// ngx_http_variable_sent_keep_alive
function keepAlive({ keepalive, location }: RequestState): string | undefined {
  const { header } = location.core.keepaliveTimeout;
  return keepalive && header !== 0 ? `timeout=${header}` : undefined;
}

/** A value goes on to the next `;`; before 1.29.6 names may stand behind a comma, too (ngx_http_parse_cookie_lines). */
function cookie(r: Request, name: string): string | undefined {
  const separator = own(r).connection.engine.profile.commaBetweenCookies ? /[;,] */g : /; */g;
  const { lower, values } = r.headersIn;
  for (let at = 0; at < lower.length; at++) {
    if (lower[at] !== 'cookie') continue;
    const text = values[at] as string;
    for (let start = 0; start < text.length; start = afterNext(separator, text, start)) {
      const equals = /^ *= */.exec(text.slice(start + name.length));
      if (!equals || text.slice(start, start + name.length).toLowerCase() !== name) continue;
      return /^[^;]*/.exec(text.slice(start + name.length + equals[0].length))?.[0];
    }
  }
  return undefined;
}

function afterNext(separator: RegExp, text: string, from: number): number {
  separator.lastIndex = from;
  return separator.test(text) ? separator.lastIndex : text.length;
}

/** The port that the request line or Host names, without regard to what it came in on (since 1.29.3). */
function requestPort({ requestLine, headersIn }: Request): string {
  const absolute = /^\S+ [A-Za-z]+:\/\/([^/?# ]*)/.exec(requestLine)?.[1];
  const port = /:(\d+)$/.exec(absolute ?? headersIn.get('host') ?? '')?.[1];
  return port === undefined ? '' : String(Number(port));
}

// ngx_http_variable_realpath_root
function realRoot(r: RequestState): string | undefined {
  const root = r.location.documentRoot(r) || '/';
  const real = r.connection.engine.host.files.realpath(root);
  if (!failed(real)) return real;
  r.log('crit', `realpath() "${root}" failed (${systemErrorText(real)})`);
  return undefined;
}

function protocol({ version, requestLine }: RequestState): string | undefined {
  if (version === 9) return undefined;
  return /HTTP\/[0-9.]+$/.exec(requestLine.trimEnd())?.[0];
}

// ngx_http_variable_status
function statusOf({ status, errorStatus, version }: RequestState): string {
  if (errorStatus !== 0) return String(errorStatus);
  if (status !== 0) return String(status).padStart(3, '0');
  return version === 9 ? '009' : '000';
}

function requestId({ main, connection }: RequestState): string {
  if (main.requestId === '')
    for (let at = 0; at < 32; at++) main.requestId += Math.floor(connection.engine.host.random() * 16).toString(16);
  return main.requestId;
}
