import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Listen } from '../../schema/values/listen.ts';

/** One `listen` of one server. */
export interface ListenLine<S> {
  readonly server: S;
  readonly listen: Listen;
  /** Null where the server has no block in a file. */
  readonly at: ConfigDirective | null;
}

/** An address of the configuration and who answers there. */
export interface ListenGroup<S> {
  /** `0.0.0.0:80`, `[::]:80`, `unix:/run/x.sock`; behind `udp ` for QUIC. */
  readonly key: string;
  /** `0.0.0.0` or `::`: its socket takes connections for the other addresses of the port as well. */
  readonly wildcard: boolean;
  readonly lines: readonly ListenLine<S>[];
}

/** Where a server listens that does not say. */
export const defaultListen: Listen = {
  text: '*:80',
  host: '0.0.0.0',
  port: 80,
  path: '',
  defaultServer: false,
  parameters: [],
};

/** Groups `listen` lines by address, in order of appearance (ngx_http_add_listen). */
export function groupByAddress<S>(lines: readonly ListenLine<S>[]): ListenGroup<S>[] {
  const groups = new Map<string, ListenLine<S>[]>();
  for (const line of lines) {
    const key = keyOf(line.listen);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups].map(([key, own]) => {
    const { path = '', host = '' } = own[0]?.listen ?? {};
    return { key, lines: own, wildcard: path === '' && (host === '0.0.0.0' || host === '::') };
  });
}

/** The address of a `listen` in print: `0.0.0.0:80`. */
export function keyOf({ host, port, path, parameters }: Listen): string {
  const address = path !== '' ? `unix:${path}` : host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return parameters.includes('quic') ? `udp ${address}` : address;
}

/** The server of an address that stands in where no name fits (ngx_http_add_server). */
export function defaultServerOf<S>({ lines }: ListenGroup<S>): S | undefined {
  return (lines.find(({ listen }) => listen.defaultServer) ?? lines[0])?.server;
}
