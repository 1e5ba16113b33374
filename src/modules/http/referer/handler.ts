import { HostTable } from '../../../model/routes/host-table.ts';
import type { Scope } from '../../../model/scope.ts';
import { handle, type Matcher, type PlanContext } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import { server } from '../../../schema/contexts.ts';
import { httpCore } from '../core/directives.ts';
import { httpReferer } from './directives.ts';

/** What one block takes for valid; the value of a host is how its URIs have to begin. */
interface Referers {
  none: boolean;
  blocked: boolean;
  readonly hosts: HostTable<{ readonly uri: string }>;
  readonly serverNames: Matcher[];
  readonly patterns: Matcher[];
}

const planned = new WeakMap<LocationPlan, Referers>();

/** `valid_referers`: `$invalid_referer` is 1 when the request comes from elsewhere. */
export const refererHandler = handle(
  httpReferer,
  {
    rewrite({ valid }, at) {
      if (valid.length > 0) planned.set(at.location, planReferers(valid.flat(), at));
      return undefined;
    },
    variables: {
      invalid_referer: (r) => {
        const referers = planned.get(r.location);
        return referers && !isValid(r, referers) ? '1' : '';
      },
    },
  },
  ['referer_hash_bucket_size', 'referer_hash_max_size'],
);

// ngx_http_valid_referers, ngx_http_referer_merge_conf
function planReferers(words: readonly string[], at: PlanContext): Referers {
  const referers: Referers = { none: false, blocked: false, hosts: new HostTable(), serverNames: [], patterns: [] };
  for (const word of words) {
    if (word === 'none') referers.none = true;
    else if (word === 'blocked') referers.blocked = true;
    else if (word === 'server_names') addServerNames(referers, at);
    else if (word.startsWith('~')) addPattern(referers.patterns, word.slice(1), at);
    else {
      const slash = word.indexOf('/');
      const host = slash < 0 ? word : word.slice(0, slash);
      referers.hosts.add(host, { uri: slash < 0 ? '' : word.slice(slash) });
    }
  }
  // A block with names of its own still has the patterns of the one around it.
  if (referers.patterns.length === 0) for (const word of patternsAbove(at)) addPattern(referers.patterns, word.slice(1), at);
  return referers;
}

function patternsAbove(at: PlanContext): readonly string[] {
  for (let scope = at.scope.parent; scope; scope = scope.parent) {
    const words = at.model.settings.of(scope, httpReferer).valid.flat();
    const patterns = words.filter((word) => word.startsWith('~'));
    if (patterns.length > 0) return patterns;
  }
  return [];
}

function addServerNames(referers: Referers, at: PlanContext): void {
  let scope: Scope | null = at.scope;
  while (scope && scope.context !== server) scope = scope.parent;
  for (const name of scope ? at.model.settings.of(scope, httpCore).serverNames.flat() : []) {
    if (name.startsWith('~')) addPattern(referers.serverNames, name.slice(1), at);
    else referers.hosts.add(name, { uri: '' });
  }
}

function addPattern(patterns: Matcher[], pattern: string, at: PlanContext): void {
  const line = at.scope.directive;
  const matcher = line && at.regex(pattern, true, line);
  if (matcher) patterns.push(matcher);
}

// ngx_http_referer_variable
function isValid(r: Request, { none, blocked, hosts, serverNames, patterns }: Referers): boolean {
  const referer = r.headersIn.get('referer');
  if (referer === undefined) return none;
  const scheme = /^https?:\/\//i.exec(referer)?.[0] ?? '';
  if (referer.length < 'http://i.ru'.length || scheme === '') return blocked;
  const rest = referer.slice(scheme.length);
  const end = rest.search(/[/:]/);
  const host = (end < 0 ? rest : rest.slice(0, end)).toLowerCase();
  if (host.length > 256) return false;
  const known = hosts.named(host) ?? hosts.matching(host);
  if (known) {
    const slash = rest.indexOf('/', host.length);
    return (slash < 0 ? '' : rest.slice(slash)).startsWith(known.uri);
  }
  // Patterns do not set captures, so what the request has captured stays.
  const { captures } = r;
  const matches = serverNames.some((one) => one.matches(r, host)) || patterns.some((one) => one.matches(r, rest));
  r.captures = captures;
  return matches;
}
