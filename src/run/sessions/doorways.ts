import type { Model } from '../../model/build.ts';
import { referencesOf, type Upstream } from '../../model/references.ts';
import { requestsInto } from '../../model/routes/starts.ts';

/** A balanced upstream of http, and URLs that may lead to it, likely ones first. */
export interface Doorway {
  readonly upstream: Upstream;
  readonly urls: readonly string[];
}

/** The upstreams that have a choice between servers, each with URLs to ask it by; upstreams without plain HTTP have none. */
export function doorwaysOf(model: Model, nginxVersion: string): Doorway[] {
  const balanced = referencesOf(model).upstreams.filter(({ inStream, servers }) => !inStream && servers.length > 1);
  return balanced.map((upstream) => ({ upstream, urls: urlsInto(model, upstream, nginxVersion) }));
}

function urlsInto(model: Model, { passes }: Upstream, nginxVersion: string): string[] {
  const own = new Set(passes.map(({ use }) => use.directive));
  const names = new Set(passes.map(({ use }) => use.directive.name));
  const wanted = new Map([...names].map((name) => [name, ({ directive }: { directive: object }) => own.has(directive as never)]));
  const urls = new Set<string>();
  for (const { scheme, host, port, uri } of requestsInto(model, wanted, nginxVersion))
    if (scheme === 'http') urls.add(`http://${host}${port === 80 ? '' : `:${port}`}${uri}`);
  return [...urls];
}
