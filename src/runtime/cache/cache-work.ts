import { failed, type Timer } from '../../host/host.ts';
import { smallestCacheFile } from './cache-header.ts';
import type { CacheZone } from './cache-zone.ts';

const longestWait = 10;
const loadAfter = 60_000;

/** The cache manager and the cache loader of one cache; they run as long as their configuration does. */
export class CacheWorker {
  private managing: Timer | null = null;
  private loading: Timer | null = null;

  constructor(private readonly zone: CacheZone) {}

  start(): void {
    const { clock } = this.zone.env;
    this.managing = clock.after(0, () => this.manage());
    if (this.zone.index.cold && !this.zone.index.loading) this.loading = clock.after(loadAfter, () => this.load());
  }

  stop(): void {
    this.managing?.cancel();
    if (this.loading) {
      this.loading.cancel();
      this.zone.index.loading = false;
    }
    this.managing = this.loading = null;
  }

  // ngx_http_file_cache_manager
  private manage(): void {
    const { zone } = this;
    const { clock } = zone.env;
    const { files, sleep, threshold } = zone.conf.manager;
    const started = clock.monotonic();
    let done = 0;
    const isEnough = () => ++done >= files || clock.monotonic() - started >= threshold;
    let next = this.expire(isEnough);
    while (next > 0 && zone.isFull) {
      if (!zone.expireOldest()) {
        next = zone.index.count === 0 ? longestWait * 1000 : 1000;
        break;
      }
      if (isEnough()) next = 0;
    }
    this.managing = clock.after(next === 0 ? sleep : next, () => this.manage());
  }

  /** Removes what was not used for long enough; milliseconds until there may be more, 0 for at once (ngx_http_file_cache_expire). */
  private expire(isEnough: () => boolean): number {
    const { zone } = this;
    for (;;) {
      const node = zone.index.oldest;
      if (!node) return longestWait * 1000;
      const wait = node.expire - zone.now();
      if (wait > 0) return Math.min(wait, longestWait) * 1000;
      if (node.count === 0) zone.delete(node);
      else zone.keepLocked(node);
      if (isEnough()) return 0;
    }
  }

  // ngx_http_file_cache_loader
  private load(): void {
    this.zone.index.loading = true;
    this.loadOn(this.walk(this.zone.conf.path));
  }

  private loadOn(files: Iterator<string>): void {
    const { zone } = this;
    const { clock } = zone.env;
    const { files: most, sleep, threshold } = zone.conf.loader;
    const started = clock.monotonic();
    for (let done = 0; done < most && clock.monotonic() - started < threshold; done++) {
      const next = files.next();
      if (next.done) {
        this.loaded();
        return;
      }
      if (!this.add(next.value)) zone.removeFile(next.value);
    }
    this.loading = clock.after(sleep, () => this.loadOn(files));
  }

  private loaded(): void {
    const { index, conf, env } = this.zone;
    this.loading = null;
    index.cold = index.loading = false;
    const megabytes = (index.blocks * 4096) / (1024 * 1024);
    env.log('notice', `http file cache: ${conf.path} ${megabytes.toFixed(3)}M, bsize: 4096`);
  }

  /** Files below a directory, but not below one named `temp`. */
  private *walk(directory: string): Generator<string> {
    const { files } = this.zone.env;
    const names = files.list(directory);
    if (failed(names)) return;
    for (const name of names) {
      const path = `${directory}/${name}`;
      const stat = files.stat(path);
      if (failed(stat)) continue;
      if (stat.kind !== 'directory') yield path;
      else if (name !== 'temp') yield* this.walk(path);
    }
  }

  /** Enters a file into the index; false when it is none of a cache (ngx_http_file_cache_add_file). */
  private add(path: string): boolean {
    const { zone } = this;
    const { files, log } = zone.env;
    if (/.{32}\.\d{10}$/.test(path)) return true;
    const key = path.slice(-32).toLowerCase();
    const stat = files.stat(path);
    if (!/^[0-9a-f]{32}$/.test(key) || failed(stat)) return false;
    if (stat.size < smallestCacheFile) {
      log('crit', `cache file "${path}" is too small`);
      return false;
    }
    const known = zone.index.find(key);
    const node = known ?? zone.newNode(key);
    if (!node) return false;
    if (!known) {
      node.uses = 1;
      node.exists = true;
      node.blocks = zone.blocksOf(stat.size);
      zone.index.blocks += node.blocks;
    }
    zone.touch(node);
    return true;
  }
}
