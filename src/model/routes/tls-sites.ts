import { http, main } from '../../schema/contexts.ts';
import type { Model } from '../build.ts';
import { effectiveOne } from '../inherited.ts';
import { effective, type Use } from '../scope.ts';
import type { ListenGroup } from './listen-groups.ts';
import { type Site, sitesOf } from './sites.ts';

const memory = new WeakMap<Model, ReadonlySet<Site>>();

/** The servers of http that answer over TLS at one of their addresses at least. */
export function tlsSitesOf(model: Model): ReadonlySet<Site> {
  let sites = memory.get(model);
  if (!sites) memory.set(model, (sites = new Set(sitesOf(model).groups.filter(isTls).flatMap(sitesAt))));
  return sites;
}

/** True for a line in http where no server that it is in force for speaks TLS; distributions ship such lines. */
export function isUnusedByTls({ directive, scope }: Use, model: Model): boolean {
  if (scope.context !== http || model.root.context !== main || !model.config.closed) return false;
  return ![...tlsSitesOf(model)].some((site) => effective(site.scope, directive.name).some((use) => use.directive === directive));
}

/** True when connections to the address begin with a TLS handshake: what one `listen` says holds for all of them. */
export function isTls({ lines }: ListenGroup<Site>): boolean {
  return lines.some(
    ({ server, listen: { parameters } }) => parameters.includes('ssl') || parameters.includes('quic') || hasSslOn(server),
  );
}

/** The servers behind an address, each once, the first in the file first. */
export function sitesAt({ lines }: ListenGroup<Site>): readonly Site[] {
  return [...new Set(lines.map(({ server }) => server))];
}

/** `ssl on`, until 1.25.1. */
function hasSslOn({ scope }: Site): boolean {
  return effectiveOne(scope, 'ssl')?.directive.args[0] === 'on';
}
