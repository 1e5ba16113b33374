import { isOpenToAll } from '../model/access.ts';
import { hasHoleAround } from '../model/holes.ts';
import { serverAround } from '../model/inherited.ts';
import { spanOfHead } from '../model/place.ts';
import { type Use, useIn } from '../model/scope.ts';
import { location } from '../schema/contexts.ts';
import { insertAfter } from './insert.ts';
import type { Finding, RuleContext } from './rule.ts';

/** Directives that answer with the state of back ends. */
export const statusPages = [
  'check_status',
  'upstream_show',
  'dyups_interface',
  'vhost_traffic_status_display',
  'api',
  'status',
  'prometheus',
] as const;

/** What is said of a page that everybody may read; undefined when it is guarded, or rules around it are not known. */
export function exposedPage(
  { directive, scope }: Use,
  { model }: RuleContext,
  { tells, trustLoopback = true }: { readonly tells: string; readonly trustLoopback?: boolean },
): Finding | undefined {
  // In a fragment without its server, rules further out are not known.
  if (serverAround(scope).directive?.name !== 'server' || hasHoleAround(model.config, scope)) return undefined;
  if (!isOpenToAll(scope, trustLoopback)) return undefined;
  return {
    span: spanOfHead(directive),
    message: `${directive.name} answers everyone`,
    why: `It tells strangers ${tells}.`,
    help: 'allow your own addresses and "deny all;"',
    fix:
      scope.context === location && !useIn(scope, 'allow') && !useIn(scope, 'deny')
        ? {
            title: 'let only this machine read it',
            safety: 'unsafe',
            edits: [insertAfter(directive, ['allow 127.0.0.1;', 'deny all;'])],
          }
        : undefined,
  };
}
