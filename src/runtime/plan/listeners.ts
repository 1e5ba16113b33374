import type { Address } from '../../host/host.ts';
import { groupByAddress, type ListenLine as Line, type ListenGroup } from '../../model/routes/listen-groups.ts';
import { isProtocol, type Listen } from '../../schema/values/listen.ts';
import { HttpRequest } from '../http/http-request.ts';
import type { RequestSource } from '../http/read-head.ts';
import type { ClientConnection } from '../http/request-state.ts';
import type { PlannedServer } from './planned.ts';
import type { ServerNames } from './server-names.ts';
import type { Variables } from './variables.ts';

/** One `listen` of one server. */
export type ListenLine = Line<PlannedServer>;

/** An address of the configuration and who answers there. */
export interface PlannedAddress extends ListenGroup<PlannedServer> {
  readonly address: Address;
}

/** One socket to open, with the addresses whose connections it takes (ngx_http_add_addrs). */
export interface PlannedSocket {
  readonly address: Address;
  readonly key: string;
  /** Servers by the literal of the local address, for a wildcard socket; null where something is spoken that is not run. */
  readonly byHost: ReadonlyMap<string, ServerNames | null>;
  readonly otherwise: ServerNames;
}

/** The address of a `listen`. */
export function addressOf({ host, port, path }: Listen): Address {
  return path === '' ? { kind: 'ip', host, port } : { kind: 'unix', path };
}

/** The addresses of `listen` lines, in order of appearance. */
export function addressesOf(lines: readonly ListenLine[]): PlannedAddress[] {
  return groupByAddress(lines).map((group) => ({ ...group, address: addressOf((group.lines[0] as ListenLine).listen) }));
}

/**
 * The sockets for a set of addresses: an address shares the wildcard's socket of its port unless it says `bind`.
 * What `namesOf` gives no servers is not opened.
 */
export function socketsFor(
  addresses: readonly PlannedAddress[],
  namesOf: (address: PlannedAddress) => ServerNames | null,
): PlannedSocket[] {
  const names = new Map(addresses.map((address) => [address, namesOf(address)]));
  const sockets: PlannedSocket[] = [];
  for (const address of addresses) {
    const otherwise = names.get(address);
    const holder = sharing(address, addresses);
    if (!otherwise || (holder && names.get(holder))) continue;
    const shared = address.wildcard ? addresses.filter((other) => sharing(other, addresses) === address) : [];
    const byHost = new Map(shared.map((other) => [(other.address as { host: string }).host, names.get(other) ?? null]));
    sockets.push({ address: address.address, key: address.key, byHost, otherwise });
  }
  return sockets;
}

/** The wildcard address whose socket this one uses. */
function sharing(address: PlannedAddress, all: readonly PlannedAddress[]): PlannedAddress | undefined {
  const own = address.address;
  if (own.kind === 'unix' || address.wildcard || address.lines.some(({ listen }) => needsBind(listen))) return undefined;
  const any = own.host.includes(':') ? '::' : '0.0.0.0';
  return all.find(
    ({ wildcard, address: other, key }) =>
      wildcard && other.kind === 'ip' && other.host === any && other.port === own.port && isUdp(key) === isUdp(address.key),
  );
}

function isUdp(key: string): boolean {
  return key.startsWith('udp ');
}

function needsBind({ parameters }: Listen): boolean {
  return parameters.some((word) => !isProtocol(word));
}

/** What an open socket's connections ask: a reload changes what it answers. */
export class ListenPoint implements RequestSource {
  private socket: PlannedSocket;
  private variables: Variables;

  constructor(socket: PlannedSocket, variables: Variables) {
    this.socket = socket;
    this.variables = variables;
  }

  /** Puts another configuration behind the same socket. */
  replace(socket: PlannedSocket, variables: Variables): void {
    this.socket = socket;
    this.variables = variables;
  }

  /** Null when what is spoken at that address is not run. */
  namesAt(local: Address): ServerNames | null {
    const { byHost, otherwise } = this.socket;
    const own = byHost.size === 0 || local.kind === 'unix' ? undefined : byHost.get(local.host);
    return own === undefined ? otherwise : own;
  }

  serversFor(local: Address): ServerNames {
    // Connections to the others are not accepted; one that was, before a reload, is served to its end.
    return this.namesAt(local) ?? this.socket.otherwise;
  }

  requestFor(connection: ClientConnection): HttpRequest {
    const { first } = this.serversFor(connection.socket.local);
    return new HttpRequest(connection, ++connection.engine.requests, first, this.variables, connection.requestStartedAt);
  }
}
