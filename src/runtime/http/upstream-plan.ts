import type { Clock, Network } from '../../host/host.ts';
import type { CacheConf } from '../cache/cache-conf.ts';
import type { Events } from '../events.ts';
import type { Resolver } from '../resolver/resolver.ts';
import type { Script } from '../script.ts';
import type { LocalAddress } from './local-address.ts';
import type { Request } from './request.ts';

/** X-Accel-… and others that a configuration may tell us to ignore, lowercased. */
export type IgnoredHeaders = ReadonlySet<string>;

/** What a location says about talking to its upstream (nginx: ngx_http_upstream_conf_t). Times in milliseconds. */
export interface UpstreamConf {
  /** The first word of the directives: `proxy`, `fastcgi`. */
  readonly family: string;
  /** `http://`, `fastcgi://`. */
  readonly scheme: string;
  readonly connectTimeout: number;
  readonly sendTimeout: number;
  readonly readTimeout: number;
  /** Set of `nextReasons`. */
  readonly nextUpstream: number;
  readonly nextUpstreamTries: number;
  readonly nextUpstreamTimeout: number;
  readonly bufferSize: number;
  readonly buffers: { readonly number: number; readonly size: number };
  readonly maxTempFileSize: number;
  readonly buffering: boolean;
  /** Bytes a second that are read of a buffered response, '' or '0' for no limit. */
  readonly limitRate: Script;
  /** Null when no response is kept. */
  readonly cache: CacheConf | null;
  readonly ignoreClientAbort: boolean;
  readonly passRequestHeaders: boolean;
  readonly passRequestBody: boolean;
  /** True when statuses with an `error_page` are answered by it. */
  readonly interceptErrors: boolean;
  /** True when 404 is answered by nginx whether it has an `error_page` or not. */
  readonly intercept404: boolean;
  /** True when responses may be cut into a range whatever the upstream says. */
  readonly forceRanges: boolean;
  /** The local address to connect from; null for the system's choice. */
  readonly localAddress: ((r: Request) => LocalAddress | null) | null;
  /** Lowercased. */
  readonly hiddenHeaders: ReadonlySet<string>;
  readonly ignoredHeaders: IgnoredHeaders;
  /** True when no Server or Date is added to a response that has none, once they are passed on. */
  readonly missingStaysMissing: boolean;
  /** Changes the value of a Location or Refresh field from `offset` on; null when it is left alone. */
  readonly rewriteRedirect: ((r: Request, value: string, offset: number) => string | null) | null;
  readonly rewriteCookie: ((r: Request, value: string) => string | null) | null;
  /** True when a Location that we make relative shall be made absolute. */
  readonly absoluteRedirect: boolean;
  /** True when `$upstream_http_…` joins repeated fields (since 1.23.0). */
  readonly joinsFields: boolean;
  /** True when 103 heads are passed over (since 1.29.0). */
  readonly earlyHints: boolean;
  /** True when bare LF ends lines of a chunked body (before 1.29.4). */
  readonly bareLfInChunks: boolean;
}

/** What an upstream request needs besides its location's configuration. */
export interface UpstreamEnvironment {
  readonly clock: Clock;
  readonly network: Network;
  readonly events: Events;
  /** Who looks up hosts that a request has computed; null without a `resolver`. */
  readonly resolver: Resolver | null;
  /** Milliseconds. */
  readonly resolverTimeout: number;
  random(): number;
}
