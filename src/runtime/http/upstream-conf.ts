import { httpCore } from '../../modules/http/core/directives.ts';
import type { NextUpstream } from '../../schema/values/gateway.ts';
import type { Buffers } from '../../schema/values/size.ts';
import { isAtLeast } from '../../schema/version.ts';
import type { PlanContext } from '../hooks.ts';
import { nextReasons, type UpstreamConf, type UpstreamEnvironment } from './upstream-plan.ts';

/** Settings that `proxy_…` and `fastcgi_…` have in common. */
export interface GatewaySettings {
  readonly bufferSize: number;
  readonly buffering: boolean;
  readonly buffers: Buffers;
  readonly connectTimeout: number;
  readonly hideHeaders: readonly string[];
  readonly ignoreClientAbort: boolean;
  readonly ignoreHeaders: readonly (readonly string[])[];
  readonly interceptErrors: boolean;
  readonly limitRate?: string;
  readonly maxTempFileSize: number;
  readonly nextUpstream: readonly (readonly NextUpstream[])[];
  readonly nextUpstreamTimeout: number;
  readonly nextUpstreamTries: number;
  readonly passHeaders: readonly string[];
  readonly passRequestBody: boolean;
  readonly passRequestHeaders: boolean;
  readonly readTimeout: number;
  readonly sendTimeout: number;
}

/** What differs between protocols. */
export type GatewayParts = Pick<UpstreamConf, 'scheme' | 'missingStaysMissing' | 'rewriteRedirect' | 'rewriteCookie'> & {
  /** Lowercased names that are hidden unless passed on purpose. */
  readonly hidden: readonly string[];
};

/** Turns settings into what runs (ngx_http_upstream_conf_t after merging). */
export function upstreamConf(settings: GatewaySettings, { hidden, ...parts }: GatewayParts, at: PlanContext): UpstreamConf {
  const { hideHeaders, passHeaders, ignoreHeaders, nextUpstream, buffers, limitRate = '0', ...same } = settings;
  return {
    ...same,
    ...parts,
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

function reasonsOf(words: readonly NextUpstream[]): number {
  if (words.includes('off')) return 0;
  return words.reduce((set, word) => (word === 'off' ? set : set | nextReasons[word]), 0);
}

/** What upstream requests of a block use of the engine. */
export function upstreamEnvironment({ host, events }: PlanContext): UpstreamEnvironment {
  return { clock: host.clock, network: host.network, events, random: () => host.random() };
}
