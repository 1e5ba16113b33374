import { type Clock, type Files, failed } from '../../host/host.ts';
import type { CachePath } from '../../schema/values/cache.ts';
import { systemErrorText } from '../http/system-error-text.ts';
import { besideOf, hashedName } from '../http/temporary-name.ts';
import type { LogLevel } from '../log-level.ts';
import type { CacheIndex, CacheNode } from './cache-index.ts';

const blockSize = 4096;

/** What a cache uses of the engine. */
export interface CacheSurroundings {
  readonly clock: Clock;
  /** Where its files are: the disk, or memory where the disk is not to be written to. */
  readonly files: Files;
  log(level: LogLevel, message: string): void;
}

/** A `proxy_cache_path` as one configuration sees it (ngx_http_file_cache_t). */
export class CacheZone {
  constructor(
    /** With the path in full. */
    readonly conf: CachePath,
    readonly index: CacheIndex,
    readonly env: CacheSurroundings,
  ) {}

  /** Seconds since the epoch. */
  now(): number {
    return Math.floor(this.env.clock.now() / 1000);
  }

  pathOf(key: string): string {
    return hashedName(this.conf.path, this.conf.levels, key);
  }

  /** A name for a file that is not complete yet. */
  besideOf(place: string): string {
    return besideOf(place, this.index.temporary++);
  }

  /** How many blocks a file takes. */
  blocksOf(bytes: number): number {
    return Math.ceil(bytes / blockSize);
  }

  /** Too much is kept: size, keys or what is left of the disk. */
  get isFull(): boolean {
    const { index, conf, env } = this;
    if (index.blocks >= conf.maxSize / blockSize || index.count >= index.watermark) return true;
    if (conf.minFree === 0) return false;
    const free = env.files.free(conf.path);
    return !failed(free) && free <= conf.minFree;
  }

  /** A node for a key, where one may have to go for it; null, and logged, when there is no room. */
  newNode(key: string): CacheNode | null {
    const node = this.index.add(key);
    if (node) return node;
    this.expireOldest();
    const again = this.index.add(key);
    if (!again) this.env.log('alert', `could not allocate node in cache keys zone "${this.conf.zone.name}"`);
    return again;
  }

  touch(node: CacheNode): void {
    this.index.touch(node, this.now() + this.conf.inactive);
  }

  /**
   * Lets the node go that was not used for longest, but not one that is looked at: those begin anew. False when there was
   * none (ngx_http_file_cache_forced_expire).
   */
  expireOldest(): boolean {
    for (let tries = 20; tries > 0; tries--) {
      const node = this.index.oldest;
      if (!node) return false;
      if (node.count === 0) {
        this.delete(node);
        return true;
      }
      this.keepLocked(node);
    }
    return false;
  }

  /** A request has held a node for all of `inactive`, or there is no room for others. */
  keepLocked(node: CacheNode): void {
    this.touch(node);
    this.env.log('alert', `ignore long locked inactive cache entry ${node.key}, count:${node.count}`);
  }

  /** Removes a node and its file (ngx_http_file_cache_delete). */
  delete(node: CacheNode): void {
    if (node.exists) {
      this.index.blocks -= node.blocks;
      this.removeFile(this.pathOf(node.key));
    }
    this.index.remove(node);
  }

  removeFile(path: string): void {
    const error = this.env.files.remove(path);
    if (error) this.env.log('crit', `unlink() "${path}" failed (${systemErrorText(error)})`);
  }
}
