import { list, value } from './setting.ts';
import type { CachePath, CacheValid } from './values/cache.ts';
import type { NextUpstream } from './values/gateway.ts';

/** Settings of responses that are kept, which `proxy_…`, `fastcgi_…`, `uwsgi_…` and `scgi_…` have in common. Times in milliseconds. */
export const cacheSettings = {
  cache: value('off'),
  cacheBackgroundUpdate: value(false),
  cacheBypass: list<readonly string[]>(),
  cacheKey: value<string | undefined>(undefined),
  cacheLock: value(false),
  cacheLockAge: value(5000),
  cacheLockTimeout: value(5000),
  cacheMaxRangeOffset: value(Infinity),
  cacheMethods: list<readonly ('get' | 'head' | 'post')[]>(),
  cacheMinUses: value(1),
  cachePaths: list<CachePath>(),
  cacheRevalidate: value(false),
  cacheUseStale: list<readonly NextUpstream[]>(),
  cacheValid: list<readonly CacheValid[]>(),
  noCache: list<readonly string[]>(),
};
