import { callable, isWildcard } from '../host/addresses.ts';
import { type Address, type Network, printAddress } from '../host/host.ts';
import { type ClientResponse, exchange } from '../runtime/client/exchange.ts';

/** What `fetch` sends; GET without a body unless told otherwise. */
export interface FetchInit {
  readonly method?: string;
  /** Sent in order, spelled as given, after Host unless they have one. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
  /** `HTTP/1.1` unless told otherwise. */
  readonly version?: '1.0' | '1.1';
  /** The client's address: any on a virtual network, one of 127.0.0.0/8 on a real one. */
  readonly ip?: string;
}

/** Where a configuration listens, and where that really is. */
export interface ListeningAt {
  readonly asked: Address;
  readonly real: Address;
}

/** Sends one request to the listener that the URL's port names, with the URL's host as Host; its path goes out as it is written. */
export function fetchFrom(
  network: Network,
  listeners: readonly ListeningAt[],
  url: string,
  init: FetchInit = {},
): Promise<ClientResponse> {
  const { host, port } = partsOf(url);
  const address = host === null ? firstOf(listeners) : listenerFor(listeners, host, port);
  const { method = 'GET', body, ip } = init;
  const headers = [...(Array.isArray(init.headers) ? (init.headers as [string, string][]) : Object.entries(init.headers ?? {}))];
  const has = (name: string) => headers.some(([known]) => known.toLowerCase() === name);
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body as string);
  if (!has('host') && host !== null) headers.unshift(['Host', port === 80 ? host : `${host}:${port}`]);
  if (!has('host') && host === null) headers.unshift(['Host', 'localhost']);
  if (body !== undefined && !has('content-length') && !has('transfer-encoding'))
    headers.push(['Content-Length', String(bytes.length)]);
  const head = `${requestLineOf(url, init)}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  const request = Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
  return exchange(network, address, request, { headerOnly: method === 'HEAD', ...(ip === undefined ? {} : { from: ip }) });
}

/** The first line that `fetchFrom` sends. */
export function requestLineOf(url: string, { method = 'GET', version = '1.1' }: FetchInit): string {
  return `${method} ${partsOf(url).target} HTTP/${version}`;
}

/** Sends bytes as they are to the listener on a port (the first one when not given), and reads one response. */
export function sendTo(
  network: Network,
  listeners: readonly ListeningAt[],
  bytes: string | Buffer,
  port?: number,
  ip?: string,
): Promise<ClientResponse> {
  const address = port === undefined ? firstOf(listeners) : listenerFor(listeners, '', port);
  const headerOnly = /^HEAD /.test(bytes.toString());
  return exchange(network, address, bytes, { headerOnly, ...(ip === undefined ? {} : { from: ip }) });
}

/** Not by `URL`, which would tidy up the path. */
function partsOf(url: string): { host: string | null; port: number; target: string } {
  const parts = /^http:\/\/(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?([^#]*)/i.exec(url);
  if (!parts) {
    if (url.startsWith('/')) return { host: null, port: 80, target: url };
    throw new Error(`cannot fetch ${url}: it must start with http:// or /`);
  }
  const [, host = '', port, rest = ''] = parts;
  return { host, port: port === undefined ? 80 : Number(port), target: rest.startsWith('/') ? rest : `/${rest}` };
}

function firstOf(listeners: readonly ListeningAt[]): Address {
  const [first] = listeners;
  if (!first) throw new Error('the configuration listens nowhere');
  return callable(first.real);
}

function listenerFor(listeners: readonly ListeningAt[], host: string, port: number): Address {
  const plain = host.replace(/[[\]]/g, '');
  const onPort = listeners.filter(({ asked, real }) => portOf(asked) === port || portOf(real) === port);
  const exact = onPort.find(({ asked, real }) => hostOf(asked) === plain || (hostOf(real) === plain && portOf(real) === port));
  const found = exact ?? onPort.find(({ asked }) => isWildcard(hostOf(asked))) ?? onPort[0];
  if (found) return callable(found.real);
  const known = listeners.map(({ asked }) => printAddress(asked)).join(', ');
  throw new Error(`nothing listens on port ${port}; the configuration listens on ${known || 'nothing'}`);
}

function portOf(address: Address): number {
  return address.kind === 'ip' ? address.port : -1;
}

function hostOf(address: Address): string {
  return address.kind === 'ip' ? address.host : '';
}
