import type { CacheValid } from '../../schema/values/cache.ts';
import type { Request } from '../http/request.ts';
import type { Script } from '../script.ts';
import type { CacheZone } from './cache-zone.ts';
import type { TemporaryDirectory } from './new-response.ts';

/** What a location says about keeping responses (the cache's part of ngx_http_upstream_conf_t). Times in milliseconds. */
export interface CacheConf {
  /** The cache of a request: null for none, undefined, and logged, when there is none of that name. */
  readonly zoneOf: (r: Request) => CacheZone | null | undefined;
  /** Upper case. */
  readonly methods: ReadonlySet<string>;
  /** Null for the gateway's own. */
  readonly key: Script | null;
  readonly bypass: readonly Script[];
  readonly noCache: readonly Script[];
  readonly valid: readonly CacheValid[];
  readonly minUses: number;
  /** Set of `nextReasons`. */
  readonly useStale: number;
  readonly revalidate: boolean;
  readonly lock: boolean;
  readonly lockAge: number;
  readonly lockTimeout: number;
  /** Bytes; ranges that begin there or behind are not kept. */
  readonly maxRangeOffset: number;
  /** True when HEAD is asked as GET. */
  readonly convertHead: boolean;
  readonly backgroundUpdate: boolean;
  /** Where responses are written first when not beside their place. */
  readonly temporary: TemporaryDirectory;
}

/** True when one of the values is neither empty nor `0` (ngx_http_test_predicates). */
export function isAnySet(scripts: readonly Script[], r: Request): boolean {
  return scripts.some((script) => {
    const text = script(r);
    return text !== '' && text !== '0';
  });
}

/** How long a response of a status is kept, in seconds; 0 when it is not (ngx_http_file_cache_valid). */
export function validFor(valid: readonly CacheValid[], status: number): number {
  return valid.find((one) => one.status === 0 || one.status === status)?.seconds ?? 0;
}
