import { isAtLeast } from '../../schema/version.ts';
import type { Model } from '../build.ts';
import { effectiveOne } from '../inherited.ts';
import type { ListenGroup } from './listen-groups.ts';
import { type Site, type Sites, siteFor, sitesOf } from './sites.ts';
import type { PlainRequest } from './visit-state.ts';

/* Which of the configuration's own servers a URL or an address leads back to. */

const ports = new WeakMap<Sites, ReadonlyMap<number, readonly ListenGroup<Site>[]>>();

/** The addresses of a configuration with a port, in order. */
export function groupsAt(model: Model, port: number): readonly ListenGroup<Site>[] {
  const sites = sitesOf(model);
  let byPort = ports.get(sites);
  if (!byPort) {
    const made = new Map<number, ListenGroup<Site>[]>();
    for (const group of sites.groups) {
      const at = portOf(group);
      if (at === 0 || group.key.startsWith('udp ')) continue;
      made.set(at, [...(made.get(at) ?? []), group]);
    }
    ports.set(sites, (byPort = made));
  }
  return byPort.get(port) ?? [];
}

/** The address of this configuration that takes connections to an IP address of this machine, as far as that can be known. */
export function groupFor(model: Model, host: string, port: number): ListenGroup<Site> | undefined {
  const groups = groupsAt(model, port);
  const wildcard = host.includes(':') ? '::' : '0.0.0.0';
  const own = groups.find(({ lines }) => lines[0]?.listen.host === host);
  return own ?? (isLoopback(host) ? groups.find(({ lines }) => lines[0]?.listen.host === wildcard) : undefined);
}

/** Where the client of a request would get, had it asked the same address at another port. */
export function groupBeside({ group }: Pick<PlainRequest, 'group'>, model: Model, port: number): ListenGroup<Site> | undefined {
  const groups = groupsAt(model, port);
  const host = group.lines[0]?.listen.host ?? '';
  const wildcard = host.includes(':') ? '::' : '0.0.0.0';
  return (
    groups.find(({ lines }) => lines[0]?.listen.host === host) ?? groups.find(({ lines }) => lines[0]?.listen.host === wildcard)
  );
}

const encrypted = new WeakMap<ListenGroup<Site>, Map<boolean, boolean>>();

/** True when TLS is spoken at an address (`listen … ssl`, and `ssl on` before 1.25.1). */
export function speaksTls(group: ListenGroup<Site>, version: string): boolean {
  const hasSslOn = !isAtLeast(version, '1.25.1');
  let known = encrypted.get(group);
  if (!known) encrypted.set(group, (known = new Map()));
  let speaks = known.get(hasSslOn);
  if (speaks === undefined) {
    speaks = group.lines.some(
      ({ listen, server }) =>
        listen.parameters.includes('ssl') || (hasSslOn && effectiveOne(server.scope, 'ssl')?.directive.args[0] === 'on'),
    );
    known.set(hasSslOn, speaks);
  }
  return speaks;
}

/** Stands for hosts that no server names: the default server gets it. */
export const anyHost = 'any.example';

/** A host by which a server is chosen at an address, best one of its own names; undefined when there is none. */
export function hostFor(site: Site, group: ListenGroup<Site>): string | undefined {
  const plain = site.names.filter((name) => !/^~|[*$_]|^$/.test(name)).map((name) => name.toLowerCase().replace(/^\./, ''));
  const starred = site.names.filter((name) => name.startsWith('*.')).map((name) => `www${name.slice(1).toLowerCase()}`);
  return [...plain, ...starred, anyHost].find((host) => siteFor(group, host) === site);
}

/** The request that follows a redirect, when it comes to this configuration again; undefined otherwise. */
export function followed(request: PlainRequest, target: string, model: Model, version: string): PlainRequest | undefined {
  const [, scheme, authority = '', rest = '/'] = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(target) ?? [
    undefined,
    undefined,
    '',
    target,
  ];
  if (scheme === undefined && !target.startsWith('/')) return undefined;
  const [path = '/', ...args] = (rest.startsWith('?') || rest === '' ? `/${rest}` : rest).split('?');
  const uri = path.replace(/\/{2,}/g, '/');
  if (/%|\/\.{1,2}(?:\/|$)/.test(uri)) return undefined;
  if (scheme === undefined) return { ...request, uri, args: args.join('?') };
  const tls = scheme.toLowerCase() === 'https';
  const [, name = '', portText] = /^([^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  const port = portText === undefined ? (tls ? 443 : 80) : Number(portText);
  const group = groupBeside(request, model, port);
  const host = name.toLowerCase();
  if (!group || host === '' || speaksTls(group, version) !== tls) return undefined;
  const site = siteFor(group, host);
  if (!site || (host !== request.host && !isNamed(site, host))) return undefined;
  return { group, site, scheme: tls ? 'https' : 'http', host, port, uri, args: args.join('?') };
}

/** A request as people write it: `http://shop.example/a`. */
export function printUrl({ scheme, host, port, uri, args }: PlainRequest): string {
  const plain = port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${host}${plain ? '' : `:${port}`}${uri}${args === '' ? '' : `?${args}`}`;
}

/** That another host leads to this machine is known only of names that its servers have. */
function isNamed({ names }: Site, host: string): boolean {
  return names.some((name) => {
    const own = name.toLowerCase();
    return (
      own === host ||
      (own.startsWith('.') && (own.slice(1) === host || host.endsWith(own))) ||
      (own.startsWith('*.') && host.endsWith(own.slice(1)))
    );
  });
}

function portOf({ lines }: ListenGroup<Site>): number {
  return lines[0]?.listen.port ?? 0;
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1)$/.test(host);
}
