import { type ByteSet, complement, named, setOf, setWhere } from '../regex/byte-set.ts';
import { knownVariables } from './known-variables.ts';

/** Who decides what a variable holds: whoever sends the request, a back end, this server's side, or nobody knows. */
export type Origin = 'client' | 'back end' | 'server' | 'unknown';

/** What a variable of nginx can hold. */
export interface VariableContent {
  readonly origin: Origin;
  /** What it is, in words that go on with "of the request"; '' where nobody chooses it. */
  readonly part: string;
  /** Every byte that it can hold. */
  readonly bytes: ByteSet;
  /** Patterns that its whole text always matches, and such that it never does. */
  readonly always: readonly string[];
  readonly never: readonly string[];
}

/** ngx_http_parse_request_line, since 1.21.1: no controls and no blanks. */
const rawUri = setWhere((byte) => byte > 0x20 && byte !== 0x7f);
/** ngx_http_parse_header_line: a line ends at LF, a CR before anything else and a NUL are refused. */
const header = complement(setOf('\0\r\n'));
/** ngx_http_parse_complex_uri decodes everything, and refuses a NUL only. */
const decoded = complement(setOf('\0'));
/** ngx_http_validate_host. */
const host = setWhere((byte) => byte > 0x20 && byte !== 0x7f && byte !== 0x2f);

const path: VariableContent = {
  origin: 'client',
  part: 'the decoded path',
  bytes: decoded,
  always: ['^/'],
  never: ['/\\.\\.?(/|\\z)', '//'],
};

function client(part: string, bytes: ByteSet, always: readonly string[] = [], never: readonly string[] = []): VariableContent {
  return { origin: 'client', part, bytes, always, never };
}

/** What the client decides; everything else that nginx brings is decided elsewhere. */
const contents: Readonly<Record<string, VariableContent>> = {
  uri: path,
  document_uri: path,
  fastcgi_script_name: path,
  fastcgi_path_info: { ...path, always: [] },
  request_filename: { ...path, always: [] },
  request_uri: client('the raw path with its arguments', rawUri, ['^/']),
  request: client(
    'the request line',
    setWhere((byte) => byte >= 0x20 && byte !== 0x7f),
  ),
  args: client('the arguments', rawUri),
  query_string: client('the arguments', rawUri),
  arg_: client(
    'an argument',
    complement(setOf('&')).map((bit, byte) => bit & (rawUri[byte] ?? 0)),
  ),
  http_: client('a header', header),
  http_host: client('the Host header', host),
  http_origin: client('the Origin header', header),
  http_referer: client('the Referer header', header),
  content_type: client('the Content-Type header', header),
  cookie_: client('a cookie', complement(setOf('\0\r\n;'))),
  proxy_add_x_forwarded_for: client('the X-Forwarded-For header', header),
  // Lower case, without its port.
  host: client(
    'the host',
    setWhere((byte) => host[byte] === 1 && !(byte >= 0x41 && byte <= 0x5a)),
    [],
    [':[0-9]*$'],
  ),
  remote_user: client('the user name', complement(setOf(':'))),
  request_body: client('the body', named.all),
  request_method: client(
    'the method',
    setWhere((byte) => (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte === 0x2d),
  ),
  ssl_server_name: client('the name in the TLS handshake', host),
  ssl_preread_server_name: client('the name in the TLS handshake', host),
  ssl_preread_alpn_protocols: client('the protocols in the TLS handshake', named.all),
};

const ofBackEnd = ['upstream_http_', 'upstream_cookie_', 'upstream_trailer_', 'sent_http_', 'sent_trailer_'];

const decidedElsewhere: Readonly<Record<Exclude<Origin, 'client'>, VariableContent>> = {
  'back end': { origin: 'back end', part: '', bytes: header, always: [], never: [] },
  server: { origin: 'server', part: '', bytes: header, always: [], never: [] },
  unknown: { origin: 'unknown', part: '', bytes: named.all, always: [], never: [] },
};

const names = new Set(knownVariables.flatMap(({ name, prefix }) => (prefix ? [] : [name])));
const prefixes = [...new Set(knownVariables.flatMap(({ name, prefix }) => (prefix ? [name] : [])))];

/** What a variable can hold by itself, its name in lower case without `$`; unknown when nginx brings none of that name. */
export function contentOf(name: string): VariableContent {
  const own = Object.hasOwn(contents, name) ? contents[name] : undefined;
  const prefix = ['arg_', 'http_', 'cookie_'].find((start) => name.startsWith(start) && name.length > start.length);
  if (own) return own;
  if (prefix !== undefined) return contents[prefix] as VariableContent;
  if (ofBackEnd.some((start) => name.startsWith(start))) return decidedElsewhere['back end'];
  const isKnown = names.has(name) || prefixes.some((start) => name.startsWith(start));
  return decidedElsewhere[isKnown ? 'server' : 'unknown'];
}
