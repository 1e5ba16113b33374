import { isAnySet, validFor } from '../cache/cache-conf.ts';
import { CacheEntry } from '../cache/cache-entry.ts';
import { readKeeping } from '../cache/cache-fields.ts';
import type { CacheZone } from '../cache/cache-zone.ts';
import type { ResponseHead } from '../codec/http1-response.ts';
import { parseHttpTime } from './http-time.ts';
import { type NextReason, nextReasons } from './next-reasons.ts';
import type { RequestState } from './request-state.ts';
import { sendBytes } from './send-file.ts';
import type { GivenUri } from './unsafe-uri.ts';
import { copyResponseHeaders } from './upstream-headers.ts';
import { UpstreamSending } from './upstream-sending.ts';

const nothing = Buffer.alloc(0);

/** What `$upstream_cache_status` says. */
export type CacheStatus = 'MISS' | 'BYPASS' | 'EXPIRED' | 'STALE' | 'UPDATING' | 'REVALIDATED' | 'HIT';

/** What of a head has come. */
export type HeadProgress = 'done' | 'more' | 'none' | 'invalid' | 'too-big';

/**
 * A request that may be answered from a cache, and whose response may be kept there (the parts of ngx_http_upstream.c for
 * NGX_HTTP_CACHE).
 */
export abstract class CachedUpstreamRequest extends UpstreamSending {
  /** '' when no cache was asked. */
  cacheStatus: CacheStatus | '' = '';
  /** The response is to be kept; of one that was kept, that it was. */
  cacheable = false;
  /** The response comes out of the cache. */
  fromCache = false;
  /** A HEAD request that asks the upstream for the whole. */
  asksForWhole = false;
  protected entry: CacheEntry | null = null;
  /** The new response is being written. */
  protected stores = false;
  /** The client is gone; what is to be kept is read to its end all the same. */
  protected detached = false;

  /** The last response's head. */
  abstract readonly head: ResponseHead;
  /** Takes bytes in until the head is complete. */
  protected abstract headBytes(chunk: Buffer): HeadProgress;
  /** The head that has come last, as it is kept. */
  protected rawHead(): Buffer {
    return nothing;
  }
  protected abstract accelRedirect(target: GivenUri): void;

  /** Seconds since the epoch of a Last-Modified that the client may have sent for; -1 without a response to compare. */
  get storedModified(): number {
    return this.mayRevalidate ? (this.entry?.lastModified ?? -1) : -1;
  }

  /** The tag of the response that is too old. */
  get storedEtag(): string {
    return this.mayRevalidate ? (this.entry?.etag ?? '') : '';
  }

  private get mayRevalidate(): boolean {
    return this.cacheStatus === 'EXPIRED' && this.conf.cache?.revalidate === true;
  }

  /** Answers from the cache, or calls `ask` for a request to the upstream (ngx_http_upstream_cache). */
  lookInCache(ownKey: () => string, ask: () => void): void {
    const { r, conf } = this;
    const { cache } = conf;
    const zone = cache?.methods.has(r.method) ? cache.zoneOf(r) : null;
    if (zone === undefined) r.finalize(500);
    else if (zone === null || !cache) ask();
    else {
      this.asksForWhole = r.method === 'HEAD' && cache.convertHead;
      const key = cache.key ? cache.key(r) : ownKey();
      if (!this.enter(zone, key)) ask();
      else if (isAnySet(cache.bypass, r)) {
        this.cacheStatus = 'BYPASS';
        ask();
      } else {
        this.cacheStatus = 'MISS';
        this.look(ask);
      }
    }
  }

  private enter(zone: CacheZone, key: string): boolean {
    const { r, conf } = this;
    const { cache, bufferSize, family } = conf;
    if (!cache) return false;
    const entry = new CacheEntry(r, zone, { ...cache, key, bufferSize });
    const least = entry.headerStart + 256;
    if (least > bufferSize) {
      const enough = Math.ceil(least / 1024) * 1024;
      r.log(
        'error',
        `${family}_buffer_size ${bufferSize} is not enough for cache key, it should be increased to at least ${enough}`,
      );
      return false;
    }
    this.entry = entry;
    this.cacheable = true;
    r.main.cleanup(() => this.leaveCache());
    return true;
  }

  /** The request is over; a response that is still read for others goes on. */
  private leaveCache(): void {
    this.entry?.close();
    if (!this.detached) this.entry?.free();
  }

  private look(ask: () => void): void {
    const { r, entry } = this;
    if (!entry || r.done) return;
    const found = entry.open();
    if (found === 'wait') entry.whenReady(() => this.look(ask));
    else if (found === 'error') r.finalize(500);
    else if (typeof found === 'number') {
      this.cacheStatus = 'HIT';
      r.finalize(found);
    } else if (this.mayServe(found)) this.serveFirst(ask);
    else this.fetch(found, ask);
  }

  /** True when what was found is sent, fresh or not. */
  private mayServe(found: 'fresh' | 'stale' | 'updating' | 'none' | 'scarce'): boolean {
    const { conf, entry, r } = this;
    if (found === 'fresh') {
      this.cacheStatus = 'HIT';
      return true;
    }
    if ((found !== 'stale' && found !== 'updating') || r.isBackground) return false;
    if (!entry?.staleUpdating && ((conf.cache?.useStale ?? 0) & nextReasons.updating) === 0) return false;
    if (found === 'stale') {
      if (!conf.cache?.backgroundUpdate || !entry) return false;
      const { uri, args } = r;
      if (!r.subrequest(uri, { args, clone: true, background: true, headerOnly: true })) return false;
      entry.background = true;
      this.cacheStatus = 'STALE';
    } else this.cacheStatus = 'UPDATING';
    return true;
  }

  private fetch(found: 'fresh' | 'stale' | 'updating' | 'none' | 'scarce', ask: () => void): void {
    const { entry } = this;
    if (!entry) return;
    if (found === 'stale' || found === 'updating') {
      entry.validSeconds = entry.updatingSeconds = entry.errorSeconds = 0;
      this.cacheStatus = 'EXPIRED';
    } else if (found === 'scarce') this.cacheable = false;
    if (!this.mayKeepRange()) this.cacheable = false;
    ask();
  }

  /** ngx_http_upstream_cache_check_range */
  private mayKeepRange(): boolean {
    const range = this.r.headersIn.get('range');
    const most = this.conf.cache?.maxRangeOffset ?? Infinity;
    if (range === undefined || !this.cacheable || most === Infinity) return true;
    if (most === 0) return false;
    const [, first] = /^bytes= *(-|\d*)/i.exec(range) ?? [];
    if (range.length < 7 || first === undefined) return true;
    return first !== '-' && first !== '' && Number(first) < most;
  }

  private serveFirst(ask: () => void): void {
    if (this.readStoredHead()) {
      this.sendStored();
      return;
    }
    this.cacheStatus = 'MISS';
    this.fromCache = false;
    this.reset();
    ask();
  }

  /** The head of the response that is kept becomes ours; false, and logged, when it cannot be read (ngx_http_upstream_cache_send). */
  private readStoredHead(): boolean {
    const { entry, r } = this;
    if (!entry) return false;
    this.fromCache = true;
    this.reset();
    if (entry.headerStart === entry.bodyStart) {
      r.version = 9;
      return true;
    }
    if (this.headBytes(entry.head) !== 'done') {
      r.log('crit', `cache file "${entry.path}" contains invalid header`);
      return false;
    }
    this.readFields();
    return true;
  }

  private sendStored(): void {
    const { entry, r } = this;
    const file = entry?.file;
    if (!file) return;
    const target = entry.headerStart === entry.bodyStart ? null : copyResponseHeaders(this);
    if (target) {
      this.accelRedirect(target);
      return;
    }
    const read = (at: number, length: number) => file.read(at, length);
    const sent = sendBytes(r as RequestState, { start: entry.bodyStart, end: file.size, before: nothing, read });
    if (sent === 'ok') r.finalize(0);
  }

  /** Gives upstream and peer back, and answers with what is kept. */
  private serveInstead(status: CacheStatus, before?: () => void): void {
    const { r } = this;
    this.release();
    r.onClientAbort = null;
    this.cacheStatus = status;
    if (!this.readStoredHead()) {
      r.finalize(500);
      return;
    }
    before?.();
    this.sendStored();
  }

  protected override giveUp(reason: NextReason, status: number): void {
    if (this.entry && this.maySendStale(reason)) this.serveInstead('STALE');
    else this.finish(status);
  }

  private maySendStale(reason: NextReason): boolean {
    if (this.cacheStatus !== 'EXPIRED' || this.detached) return false;
    return ((this.conf.cache?.useStale ?? 0) & nextReasons[reason]) !== 0 || this.entry?.staleError === true;
  }

  /** Sends what is too old in the place of a status that use_stale names; false when it does not. */
  protected sendStaleFor(reason: NextReason): boolean {
    if (this.cacheStatus !== 'EXPIRED' || this.detached) return false;
    if (((this.conf.cache?.useStale ?? 0) & nextReasons[reason]) === 0) return false;
    this.serveInstead('STALE');
    return true;
  }

  /** The upstream says that what is too old is still good (the end of ngx_http_upstream_test_next). */
  protected revalidated(status: number): boolean {
    const { entry, conf } = this;
    if (status !== 304 || !this.mayRevalidate || !entry || !conf.cache) return false;
    const { valid: periods } = conf.cache;
    const { validSeconds: valid, updatingSeconds: updating, errorSeconds: error } = entry;
    const now = entry.zone.now();
    this.serveInstead('REVALIDATED', () => {
      if (valid !== 0) [entry.validSeconds, entry.updatingSeconds, entry.errorSeconds] = [valid, updating, error];
      else if (entry.validSeconds === 0) {
        const seconds = validFor(periods, this.head.status);
        if (seconds > 0) entry.validSeconds = now + seconds;
      }
      if (entry.validSeconds === 0) return;
      entry.date = now;
      entry.refresh();
    });
    return true;
  }

  /** What the fields of the head say about keeping the response. */
  protected readFields(): void {
    const { entry, conf, head } = this;
    if (!entry) return;
    const keeping = {
      entry,
      ignored: conf.ignoredHeaders,
      cacheable: this.cacheable,
      noCache: false,
      expired: false,
      accelerated: false,
    };
    readKeeping(keeping, head, entry.zone.now());
    this.cacheable = keeping.cacheable && !keeping.noCache && !keeping.expired;
  }

  /** An error page takes a response's place: the status is kept instead (ngx_http_upstream_intercept_errors). */
  protected keepStatus(status: number): void {
    const { entry, conf } = this;
    if (!entry) return;
    if (this.cacheable && conf.cache) {
      if (entry.validSeconds === 0) {
        const seconds = validFor(conf.cache.valid, status);
        if (seconds > 0) entry.validSeconds = entry.zone.now() + seconds;
      }
      if (entry.validSeconds > 0) entry.error = status;
    }
    this.freeEntry();
  }

  /** The head has been sent: from now on the response is written, if it is to be kept (ngx_http_upstream_send_response). */
  protected startStoring(): void {
    const { entry, conf, r } = this;
    const { cache } = conf;
    if (!entry || !cache) return;
    entry.close();
    if (!this.buffering || isAnySet(cache.noCache, r)) this.cacheable = false;
    else if (this.cacheStatus === 'BYPASS' && !entry.create()) this.cacheable = false;
    if (this.cacheable) this.prepareEntry(entry);
    const { temporary } = cache;
    if (this.cacheable && entry.store(this.rawHead(), entry.zone.conf.useTempPath ? temporary : null)) this.stores = true;
    else {
      this.cacheable = false;
      this.freeEntry();
    }
  }

  private prepareEntry(entry: CacheEntry): void {
    const { head, conf } = this;
    const now = entry.zone.now();
    const status = head.status || 200;
    if (entry.validSeconds === 0) {
      const seconds = validFor(conf.cache?.valid ?? [], status);
      if (seconds > 0) entry.validSeconds = now + seconds;
    }
    if (entry.validSeconds === 0) this.cacheable = false;
    entry.date = now;
    const isContent = status === 200 || status === 206;
    entry.lastModified = isContent ? parseHttpTime(head.get('last-modified') ?? '') : -1;
    entry.etag = isContent ? (head.get('etag') ?? '') : '';
  }

  /** Keeps a piece of the body. */
  protected readonly storePiece = (piece: Buffer): void => {
    if (this.stores && !this.entry?.write(piece)) this.stores = false;
  };

  /** Nothing more comes: what is complete is kept, of what has failed its status where that is to be kept. */
  protected endStoring(status: number): void {
    const { entry, conf } = this;
    if (!entry) return;
    if (this.stores && status === 0) entry.finish();
    else if (this.cacheable && !this.stores && (status === 502 || status === 504)) {
      const seconds = validFor(conf.cache?.valid ?? [], status);
      if (seconds > 0) {
        entry.validSeconds = entry.zone.now() + seconds;
        entry.error = status;
      }
    }
    this.freeEntry();
  }

  protected freeEntry(): void {
    this.stores = false;
    this.entry?.free();
  }
}
