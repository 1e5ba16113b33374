import { pairUp } from './pair-up.ts';
import type { RouteRow, ServerRows } from './table.ts';

/** What a route does in one configuration and not in the other. */
export interface Difference {
  readonly what: 'answer' | 'servers' | 'rewrites' | 'access' | 'adds' | 'sends' | 'jumps' | 'takenBy' | 'addresses';
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** A route, or a server (path ''), that differs. */
export interface RouteChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly names: readonly string[];
  readonly path: string;
  readonly when?: string;
  readonly methods?: string;
  /** Empty for one that was added or removed. */
  readonly differences: readonly Difference[];
  /** In the new configuration; in the old one where it was removed. */
  readonly route?: RouteRow;
}

/** Compares the routes of two configurations: servers are told by names and addresses, routes by path, condition and methods. */
export function compareRoutes(before: readonly ServerRows[], after: readonly ServerRows[]): readonly RouteChange[] {
  const { both, removed, added } = pairUp(before, after, [withAddresses, withTls, namesOf]);
  return [
    ...removed.flatMap((server) => server.routes.map((route) => alone('removed', server, route))),
    ...both.flatMap(([old, next]) => compareServers(old, next)),
    ...added.flatMap((server) => server.routes.map((route) => alone('added', server, route))),
  ];
}

function compareServers(old: ServerRows, next: ServerRows): readonly RouteChange[] {
  const addresses = difference('addresses', old.addresses.map(printAddress), next.addresses.map(printAddress));
  const { both, removed, added } = pairUp(old.routes, next.routes, [routeKey]);
  return [
    ...(addresses.length > 0 ? [{ kind: 'changed' as const, names: next.names, path: '', differences: addresses }] : []),
    ...removed.map((route) => alone('removed', old, route)),
    ...both.flatMap(([before, route]): RouteChange[] => {
      const differences = compareRows(before, route);
      return differences.length > 0 ? [{ ...labelOf(next, route), kind: 'changed', differences, route }] : [];
    }),
    ...added.map((route) => alone('added', next, route)),
  ];
}

function compareRows(old: RouteRow, next: RouteRow): readonly Difference[] {
  return [
    ...difference('answer', [old.answer], [next.answer]),
    ...difference('servers', old.servers, next.servers),
    ...difference('rewrites', old.rewrites, next.rewrites),
    ...difference('access', old.access, next.access),
    ...difference('adds', old.adds, next.adds),
    ...difference('sends', old.sends, next.sends),
    ...difference('jumps', old.jumps, next.jumps),
    ...difference('takenBy', old.takenBy ?? [], next.takenBy ?? []),
  ];
}

function difference(what: Difference['what'], old: readonly string[], next: readonly string[]): readonly Difference[] {
  return old.join('\n') === next.join('\n') ? [] : [{ what, old, new: next }];
}

function alone(kind: 'added' | 'removed', server: ServerRows, route: RouteRow): RouteChange {
  return { ...labelOf(server, route), kind, differences: [], route };
}

function labelOf(
  { names }: ServerRows,
  { path, when, methods }: RouteRow,
): Pick<RouteChange, 'names' | 'path' | 'when' | 'methods'> {
  return { names, path, ...(when !== undefined && { when }), ...(methods !== undefined && { methods }) };
}

/** `0.0.0.0:443 tls default` */
export function printAddress({ address, tls, isDefault }: ServerRows['addresses'][number]): string {
  return `${address}${tls ? ' tls' : ''}${isDefault ? ' default' : ''}`;
}

function withAddresses(server: ServerRows): string {
  return `${namesOf(server)}\n${server.addresses.map(({ address }) => address).join(' ')}`;
}

function withTls(server: ServerRows): string {
  return `${namesOf(server)}\n${server.addresses.some(({ tls }) => tls)}`;
}

function namesOf({ names }: ServerRows): string {
  return [...names].sort().join(' ');
}

function routeKey({ path, when = '', methods = '' }: RouteRow): string {
  return `${path}\n${when}\n${methods}`;
}
