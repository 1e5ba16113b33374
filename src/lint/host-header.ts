import type { Edit } from '../diagnostics/diagnostic.ts';
import type { Model } from '../model/build.ts';
import { hasHoleAround } from '../model/holes.ts';
import { effectiveFor, ownerOf, settingScope } from '../model/inherited.ts';
import type { Pass } from '../model/references.ts';
import { type Scope, useIn } from '../model/scope.ts';
import { location, server } from '../schema/contexts.ts';
import { insertAfter, insertBefore } from './insert.ts';

const line = ['proxy_set_header Host $host;'];

/** A snippet's headers may be set by the blocks around the place that includes it; one that is lost on the way is proxy-set-header-inheritance-lost's. */
export function knowsHeaders(scope: Scope, { config, root }: Model): boolean {
  if (hasHoleAround(config, scope)) return false;
  const owner = ownerOf(scope, 'proxy_set_header');
  if (!owner) return (root.context & (server | location)) === 0;
  return !owner.parent || effectiveFor(owner.parent, 'proxy_set_header', 'Host') === undefined;
}

/** Sets Host in the block whose headers are in force; a first header of a block would drop those. */
export function hostHeaderEdits({ scope, use }: Pass): readonly Edit[] {
  const own = settingScope(scope);
  const owner = ownerOf(scope, 'proxy_set_header');
  const first = (owner && useIn(owner, 'proxy_set_header')) ?? own.uses[0];
  if (!owner && own === scope) return [insertAfter(use.directive, line)];
  return first ? [insertBefore(first.directive, line)] : [];
}
