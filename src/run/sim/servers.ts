import { display } from '../../base/source-text.ts';
import type { Model } from '../../model/build.ts';
import { fileAndLine } from '../../model/place.ts';
import { referencesOf, type Upstream } from '../../model/references.ts';
import { type Scope, useIn } from '../../model/scope.ts';
import { parametersOf } from '../../model/server-parameters.ts';
import { backendsOf } from '../routes.ts';

/** A server of the configuration, and the lines that rule what becomes of it when it fails. */
export interface KnownServer {
  /** `b1`, `b2`, … */
  readonly label: string;
  /** As nginx shows it. */
  readonly name: string;
  readonly upstream: string | null;
  readonly place: string;
  /** What max_fails and fail_timeout make of its failures, in words. */
  readonly limit: string;
  /** Where its checks are ordered; null without. */
  readonly check: string | null;
  /** Where it is said when another server is asked; null where nginx's default holds. */
  readonly next: string | null;
}

/** The back ends of a configuration in order, numbered. */
export function serversOf(model: Model): KnownServer[] {
  const { upstreams } = referencesOf(model);
  return backendsOf(model).map(({ name, upstream, use }, index): KnownServer => {
    const block = upstreams.find(({ servers }) => servers.some((server) => server.use === use));
    const line = block?.servers.find((server) => server.use === use);
    const { maxFails, failTimeout } = line ? parametersOf(line) : { maxFails: 1, failTimeout: 10 };
    const check = block && useIn(block.scope, 'check');
    return {
      label: `b${index + 1}`,
      name: display(name),
      upstream,
      place: fileAndLine(use.directive),
      limit: `max_fails=${maxFails}, fail_timeout=${failTimeout}s`,
      check: check ? fileAndLine(check.directive) : null,
      next: block ? nextUpstreamOf(block) : null,
    };
  });
}

/** The `…_next_upstream` in force for the first line that passes to an upstream. */
function nextUpstreamOf({ passes: [pass] }: Upstream): string | null {
  if (!pass) return null;
  for (let scope: Scope | null = pass.scope; scope; scope = scope.parent) {
    const use = useIn(scope, `${pass.protocol}_next_upstream`);
    if (use) return fileAndLine(use.directive);
  }
  return null;
}
