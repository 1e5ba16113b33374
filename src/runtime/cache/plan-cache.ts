import type { Files } from '../../host/host.ts';
import type { cacheSettings } from '../../schema/cache-settings.ts';
import type { ValuesOf } from '../../schema/module.ts';
import type { CachePath } from '../../schema/values/cache.ts';
import type { TempPath } from '../../schema/values/path.ts';
import { isDynamic } from '../../schema/values/script.ts';
import type { AnyModule, PlanContext } from '../hooks.ts';
import { reasonsOf } from '../http/next-reasons.ts';
import { temporaryName } from '../http/temporary-name.ts';
import type { CacheConf } from './cache-conf.ts';
import { CacheIndex } from './cache-index.ts';
import { CacheWorker } from './cache-work.ts';
import { CacheZone } from './cache-zone.ts';
import type { TemporaryDirectory } from './new-response.ts';

/** Settings of responses that are kept. */
export type CacheSettings = ValuesOf<typeof cacheSettings>;

/** Files in memory take no more than this. */
const mostInMemory = 64 * 1024 * 1024;

/** Which gateway a cache is for. */
export interface CacheOwner {
  readonly module: AnyModule;
  /** The first word of the directives: `proxy`, `fastcgi`. */
  readonly family: string;
}

/** Makes the caches of an `http` block. */
export function planCachePaths(
  { cachePaths }: Pick<CacheSettings, 'cachePaths'>,
  { module, family }: CacheOwner,
  at: PlanContext,
): void {
  for (const written of cachePaths) {
    const use = at.scope.uses.find(
      ({ directive: { name, args } }) =>
        name === `${family}_cache_path` && args.some((arg) => arg.startsWith(`keys_zone=${written.zone.name}:`)),
    );
    if (use)
      at.zone<CacheZone>(module, written.zone, (before) =>
        planZone({ ...written, path: at.fullName(written.path) }, before, use.directive, at),
      );
  }
}

// ngx_http_file_cache_init
function planZone(
  conf: CachePath,
  before: CacheZone | undefined,
  line: Parameters<PlanContext['notRun']>[0],
  at: PlanContext,
): CacheZone {
  const { name, size } = conf.zone;
  const { host } = at;
  if (before && before.conf.path !== conf.path)
    at.fail(
      line,
      `cache "${name}" uses the "${conf.path}" cache path while previously it used the "${before.conf.path}" cache path`,
    );
  else if (before && before.conf.levels.join(':') !== conf.levels.join(':'))
    at.fail(line, `cache "${name}" had previously different levels`);
  const error = host.files.makeDirectory(conf.path, 0o700);
  const { spare } = host;
  const inMemory = spare !== undefined && error !== undefined && error.errno !== 'EEXIST';
  if (inMemory) {
    at.notRun(line, `${conf.path} is not written to: responses are kept in memory, up to 64 MB`);
    makeDirectories(spare, `${conf.path}/`);
  }
  const files = inMemory ? spare : host.files;
  const kept = inMemory ? { ...conf, maxSize: Math.min(conf.maxSize, mostInMemory), useTempPath: false } : conf;
  const zone = new CacheZone(kept, before?.index ?? new CacheIndex(size, name), {
    clock: host.clock,
    files,
    log: (level, message) => at.log(level, message),
  });
  at.alongside(new CacheWorker(zone));
  return zone;
}

function makeDirectories(files: Files, path: string): void {
  for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) files.makeDirectory(path.slice(0, end), 0o700);
}

/** What a location does with its cache; null when it has none. */
export function planCache(
  settings: CacheSettings & { readonly tempPath: TempPath | undefined; readonly cacheConvertHead?: boolean },
  { module, family }: CacheOwner,
  at: PlanContext,
): CacheConf | null {
  const { cache, cacheKey } = settings;
  if (cache === 'off') return null;
  const predicates = (lines: readonly (readonly string[])[]) => lines.flat().map((text) => at.script(text));
  return {
    zoneOf: zoneFinder(settings, module, at),
    methods: new Set(['GET', 'HEAD', ...settings.cacheMethods.flat().map((name) => name.toUpperCase())]),
    key: cacheKey === undefined ? null : at.script(cacheKey),
    bypass: predicates(settings.cacheBypass),
    noCache: predicates(settings.noCache),
    valid: settings.cacheValid.flat(),
    minUses: settings.cacheMinUses,
    useStale: reasonsOf(settings.cacheUseStale.flat(), true),
    revalidate: settings.cacheRevalidate,
    lock: settings.cacheLock,
    lockAge: settings.cacheLockAge,
    lockTimeout: settings.cacheLockTimeout,
    maxRangeOffset: settings.cacheMaxRangeOffset,
    convertHead: settings.cacheConvertHead ?? false,
    backgroundUpdate: settings.cacheBackgroundUpdate,
    temporary: temporaryDirectory(settings.tempPath ?? { path: `${family}_temp`, levels: [] }, at),
  };
}

// ngx_http_upstream_cache_get
function zoneFinder({ cache, cachePaths }: CacheSettings, module: AnyModule, at: PlanContext): CacheConf['zoneOf'] {
  if (!isDynamic(cache)) {
    const zone = at.findZone<CacheZone>(module, cache);
    return () => zone;
  }
  const name = at.script(cache);
  const zones = new Map(cachePaths.map(({ zone }) => [zone.name, at.findZone<CacheZone>(module, zone.name)]));
  return (r) => {
    const text = name(r);
    if (text === '' || text === 'off') return null;
    const zone = zones.get(text);
    if (!zone) r.log('error', `cache "${text}" not found`);
    return zone;
  };
}

function temporaryDirectory({ path, levels }: TempPath, at: PlanContext): TemporaryDirectory {
  const full = at.fullName(path);
  let number = at.host.pid % 100_000;
  return { path: full, next: () => temporaryName(full, levels, ++number) };
}
