import { server } from '../../schema/contexts.ts';
import type { Scope, Use } from '../scope.ts';

const always = new Set(['^', '^/', '/', '.', '.*', '^.*', '^.*$', '(.*)', '^(.*)', '^(.*)$', '^/(.*)', '^/(.*)$']);

/** True for a pattern, as people write them, that every path matches. */
export function matchesEveryPath(pattern: string): boolean {
  return always.has(pattern);
}

/** True for a `rewrite` that answers with a redirect (ngx_http_rewrite). */
export function isRedirect({ directive: { args } }: Use): boolean {
  return args[2] === 'redirect' || args[2] === 'permanent' || /^(?:https?:\/\/|\$scheme)/.test(args[1] ?? '');
}

/**
 * The `return`, or the redirecting `rewrite` of every path, that answers all requests which come to a block, in the rewrite phase;
 * undefined when there is none, or when some may get past it by a `break`.
 */
export function endingOf(scope: Scope): Use | undefined {
  for (const use of scope.uses) {
    const { name, args } = use.directive;
    if (name === 'return') return use;
    if (name === 'rewrite' && isRedirect(use) && matchesEveryPath(args[0] ?? '')) return use;
    if (passesBy(use, scope.context === server)) return undefined;
  }
  return undefined;
}

/** True when a request may leave the block's rewriting here and stay: `break`; on the server's level `last` too. */
function passesBy({ directive, opened }: Use, inServer: boolean): boolean {
  const { name, args } = directive;
  if (name === 'break') return true;
  if (name === 'rewrite') return args[2] === 'break' || (inServer && args[2] === 'last');
  return name === 'if' && opened !== null && opened.uses.some((use) => passesBy(use, inServer));
}
