import type { Edit } from '../diagnostics/diagnostic.ts';
import type { Model } from '../model/build.ts';
import { hasHoleAround } from '../model/holes.ts';
import { effectiveFor, ownerOf } from '../model/inherited.ts';
import type { Pass } from '../model/references.ts';
import type { Scope } from '../model/scope.ts';
import { location, server } from '../schema/contexts.ts';
import { headerEdits } from './insert-header.ts';

/** A snippet's headers may be set by the blocks around the place that includes it; one that is lost on the way is proxy-set-header-inheritance-lost's. */
export function knowsHeaders(scope: Scope, { config, root }: Model): boolean {
  if (hasHoleAround(config, scope)) return false;
  const owner = ownerOf(scope, 'proxy_set_header');
  if (!owner) return (root.context & (server | location)) === 0;
  return !owner.parent || effectiveFor(owner.parent, 'proxy_set_header', 'Host') === undefined;
}

/** Sets Host for a pass. */
export function hostHeaderEdits(pass: Pass): readonly Edit[] {
  return headerEdits([pass], 'proxy_set_header Host $host;');
}
