import { effectiveFor, effectiveOne, scopesAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { type Scope, usesIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const line = 'proxy_cache_key $scheme$host$request_uri;';

export const cacheKeyMissingHost = defineRule({
  id: 'cache-key-missing-host',
  category: 'security',
  severity: 'error',
  summary: 'two sites share a cache in which their pages have the same key',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_key'],
  needs: passNames,
  check(context) {
    const first = new Map<string, Cached>();
    for (const pass of context.references.passes) {
      const cached = cachedBy(pass);
      if (!cached) continue;
      const before = first.get(cached.key);
      if (!before) first.set(cached.key, cached);
      else if (before.server !== cached.server && before.names !== cached.names) report(cached, before, context);
    }
  },
});

interface Cached {
  readonly pass: Pass;
  readonly server: Scope;
  readonly names: string;
  /** Equal for passes whose pages meet in one cache. */
  readonly key: string;
}

/** A pass whose answers depend on the host that was asked for, under a key that does not. */
function cachedBy(pass: Pass): Cached | undefined {
  const { scope, protocol, inStream, targets, use } = pass;
  if (inStream || protocol !== 'proxy') return undefined;
  const zone = effectiveOne(scope, 'proxy_cache')?.directive.args[0];
  const server = serverOf(scope);
  if (zone === undefined || zone === 'off' || !server) return undefined;
  const key = effectiveOne(scope, 'proxy_cache_key')?.directive.args.join(' ') ?? '$scheme$proxy_host$request_uri';
  const host = effectiveFor(scope, 'proxy_set_header', 'Host')?.directive.args[1] ?? '$proxy_host';
  if (
    /\$\{?(http_)?host\b|\$\{?server_name\b|\$\{?server_(addr|port)\b/.test(key) ||
    !/\$(http_)?host\b|\$server_name\b/.test(host)
  )
    return undefined;
  const names = usesIn(server, 'server_name')
    .flatMap(({ directive }) => directive.args)
    .sort()
    .join(' ');
  if (targets === null || names === '') return undefined;
  return { pass, server, names, key: [zone, key, pathOf(scope), use.directive.args[0]].join('\n') };
}

/** Pages of different paths have different keys. */
function pathOf(scope: Scope): string {
  for (const { directive } of scopesAround(scope)) if (directive?.name === 'location') return directive.args.join(' ');
  return '';
}

function serverOf(scope: Scope): Scope | undefined {
  for (const at of scopesAround(scope)) if (at.directive?.name === 'server') return at;
  return undefined;
}

function report({ pass, names }: Cached, before: Cached, context: RuleContext): void {
  const { scope, use } = pass;
  const key = effectiveOne(scope, 'proxy_cache_key');
  const cache = effectiveOne(scope, 'proxy_cache');
  context.report({
    span: spanOfArgument(use.directive, 0),
    message: `pages of "${names}" and of "${before.names}" have the same key in the cache "${cache?.directive.args[0]}"`,
    why: `The key is ${key ? 'written without the host' : '$scheme$proxy_host$request_uri, and $proxy_host is the name in proxy_pass'}: whoever asks one site first decides what the other one shows.`,
    help: `write "${line}", or give each site a cache of its own`,
    related: [
      { message: 'the other site', span: spanOfHead(before.pass.use.directive) },
      ...(key ? [{ message: 'the key', span: spanOfHead(key.directive) }] : []),
    ],
    fix:
      cache && !key
        ? { title: 'put the host into the key', safety: 'unsafe', edits: [insertAfter(cache.directive, [line])] }
        : undefined,
  });
}
