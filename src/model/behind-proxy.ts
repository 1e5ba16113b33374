import type { Model } from './build.ts';
import { variablesIn } from './hash-key.ts';
import { effectiveOne, scopesAround, serverAround } from './inherited.ts';
import { allUses, type Scope, type Use } from './scope.ts';

/** Headers in which a proxy in front of nginx says who the client is, and what the PROXY protocol says. */
const told =
  /^(http_(x_forwarded_for|x_real_ip|cf_connecting_ip|true_client_ip|fastly_client_ip|x_client_ip|forwarded)|proxy_protocol_addr)$/;

/** What every word with such a variable has in it. */
const tells = /\$\{?(?:http_[cftx]|proxy_protocol_addr)/i;

/** Where a configuration shows that there is another proxy in front. */
export interface Evidence {
  readonly use: Use;
  /** False for a log format, which many copy. */
  readonly strong: boolean;
}

const memory = new WeakMap<Model, ReadonlyMap<Scope, Evidence>>();

/** The evidence that requests of a server come through another proxy: of its own, or of the blocks around it. */
export function proxyInFront(model: Model, scope: Scope): Evidence | undefined {
  let found = memory.get(model);
  if (!found) memory.set(model, (found = gather(model.root)));
  let weak: Evidence | undefined;
  for (const at of scopesAround(serverAround(scope))) {
    const evidence = found.get(at);
    if (evidence?.strong) return evidence;
    weak ??= evidence;
  }
  return weak;
}

/** True when nginx takes the client's address from such a proxy (ngx_http_realip_module). */
export function hasRealIp(scope: Scope): boolean {
  return effectiveOne(scope, 'set_real_ip_from') !== undefined;
}

function gather(root: Scope): ReadonlyMap<Scope, Evidence> {
  const found = new Map<Scope, Evidence>();
  for (const use of allUses(root)) {
    if (!isTold(use)) continue;
    const { scope } = use;
    const strong = use.directive.name !== 'log_format';
    const place = serverAround(scope).directive?.name === 'server' ? serverAround(scope) : scope;
    if (!found.get(place)?.strong) found.set(place, { use, strong });
  }
  return found;
}

function isTold({ directive: { name, args } }: Use): boolean {
  if (name === 'listen') return args.includes('proxy_protocol');
  return args.some((word) => word.includes('$') && tells.test(word) && variablesIn(word).some((variable) => told.test(variable)));
}
