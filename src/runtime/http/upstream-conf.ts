import { httpCore } from '../../modules/http/core/directives.ts';
import type { gatewaySettings } from '../../schema/gateway-settings.ts';
import type { ValuesOf } from '../../schema/module.ts';
import { isAtLeast } from '../../schema/version.ts';
import type { CacheConf } from '../cache/cache-conf.ts';
import type { PlanContext } from '../hooks.ts';
import { localAddress } from './local-address.ts';
import { reasonsOf } from './next-reasons.ts';
import type { UpstreamConf, UpstreamEnvironment } from './upstream-plan.ts';

/** Settings that `proxy_…`, `fastcgi_…` and their like have in common. */
export type GatewaySettings = ValuesOf<typeof gatewaySettings>;

/** What differs between protocols. */
export type GatewayParts = Pick<UpstreamConf, 'scheme' | 'missingStaysMissing' | 'rewriteRedirect' | 'rewriteCookie'> & {
  /** Null, or not given, when no response is kept. */
  readonly cache?: CacheConf | null;
  /** The first word of the directives: `proxy`, `fastcgi`. */
  readonly family: string;
  /** True when nginx answers 404 itself; false when not given. */
  readonly intercept404?: boolean;
  /** Lowercased names that are hidden unless passed on purpose. */
  readonly hidden: readonly string[];
};

const accel = ['x-accel-expires', 'x-accel-redirect', 'x-accel-limit-rate', 'x-accel-buffering', 'x-accel-charset'];

/** The parts of `fastcgi`, `uwsgi` and `scgi`; only uwsgi's clients see a Status field. */
export function cgiParts(family: 'fastcgi' | 'uwsgi' | 'scgi', cache: CacheConf | null): GatewayParts {
  return {
    family,
    cache,
    scheme: `${family}://`,
    missingStaysMissing: false,
    hidden: family === 'uwsgi' ? accel : ['status', ...accel],
    rewriteRedirect: null,
    rewriteCookie: null,
  };
}

/** Turns settings into what runs (ngx_http_upstream_conf_t after merging). */
export function upstreamConf(
  settings: GatewaySettings,
  { family, hidden, ...parts }: GatewayParts,
  at: PlanContext,
): UpstreamConf {
  const { bind, limitRate, hideHeaders, passHeaders, ignoreHeaders, nextUpstream, buffers, ...same } = settings;
  return {
    family,
    intercept404: false,
    cache: null,
    ...same,
    ...parts,
    localAddress: localAddress(bind, `${family}_bind`, at),
    buffers: { number: buffers.count, size: buffers.size },
    limitRate: at.script(limitRate),
    nextUpstream: reasonsOf(nextUpstream.flat()),
    hiddenHeaders: new Set([...hidden, ...hideHeaders].filter((name) => !passHeaders.includes(name))),
    ignoredHeaders: new Set(ignoreHeaders.flat()),
    absoluteRedirect: at.settings(httpCore).absoluteRedirect,
    joinsFields: isAtLeast(at.version, '1.23.0'),
    earlyHints: isAtLeast(at.version, '1.29.0'),
    bareLfInChunks: !isAtLeast(at.version, '1.29.4'),
  };
}

/** What upstream requests of a block use of the engine. */
export function upstreamEnvironment(at: PlanContext): UpstreamEnvironment {
  const { host, events } = at;
  const { resolver, resolverTimeout } = at.settings(httpCore);
  return {
    clock: host.clock,
    network: host.network,
    events,
    resolver: at.resolver(resolver),
    resolverTimeout,
    random: () => host.random(),
  };
}
