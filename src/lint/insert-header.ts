import type { Edit } from '../diagnostics/diagnostic.ts';
import { ownerOf, settingScope } from '../model/inherited.ts';
import type { Pass } from '../model/references.ts';
import { useIn } from '../model/scope.ts';
import { insertAfter, insertBefore } from './insert.ts';

/**
 * Writes a `proxy_set_header` for passes, each time into the block whose headers are in force; a first header of a block would
 * drop those.
 */
export function headerEdits(passes: readonly Pass[], line: string): readonly Edit[] {
  const places = new Map<unknown, Edit>();
  for (const { scope, use } of passes) {
    const own = settingScope(scope);
    const owner = ownerOf(scope, 'proxy_set_header');
    const first = (owner && useIn(owner, 'proxy_set_header')) ?? own.uses[0];
    if (places.has(owner ?? own)) continue;
    if (!owner && own === scope) places.set(own, insertAfter(use.directive, [line]));
    else if (first) places.set(owner ?? own, insertBefore(first.directive, [line]));
  }
  return [...places.values()];
}
