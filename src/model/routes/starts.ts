import type { Model } from '../build.ts';
import { hasHoleAround } from '../holes.ts';
import { hostFor, speaksTls } from './hops.ts';
import type { ListenGroup } from './listen-groups.ts';
import { pathsInto, type Wanted } from './reach.ts';
import { type Site, sitesOf } from './sites.ts';
import type { PlainRequest } from './visit-state.ts';

/**
 * Requests to try a configuration with: for each TCP address and server, into each location that has such a directive. Servers
 * of which something was not read are left out, and such that no host leads to.
 */
export function* requestsInto(model: Model, wanted: Wanted, version: string): Generator<PlainRequest> {
  for (const group of sitesOf(model).groups) {
    if (/^(?:udp |unix:)/.test(group.key)) continue;
    for (const site of new Set(group.lines.map(({ server }) => server))) {
      if (!hasHoleAround(model.config, site.scope)) yield* requestsOf(site, group, pathsInto(site, wanted), version);
    }
  }
}

function* requestsOf(site: Site, group: ListenGroup<Site>, paths: readonly string[], version: string): Generator<PlainRequest> {
  const host = paths.length > 0 ? hostFor(site, group) : undefined;
  if (host === undefined) return;
  const scheme = speaksTls(group, version) ? 'https' : 'http';
  const port = group.lines[0]?.listen.port ?? 80;
  for (const uri of paths) yield { group, site, scheme, host, port, uri, args: '' };
}
