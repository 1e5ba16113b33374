import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { failed, type OpenedFile, type Timer } from '../../host/host.ts';
import type { Request } from '../http/request.ts';
import { systemErrorText } from '../http/system-error-text.ts';
import { type CacheHeader, decodeCacheHeader, encodeCacheHeader, headerStartOf, keyLine } from './cache-header.ts';
import type { CacheNode } from './cache-index.ts';
import { variantOf } from './cache-vary.ts';
import type { CacheZone } from './cache-zone.ts';
import { NewResponse, type TemporaryDirectory } from './new-response.ts';

const longestPause = 500;
const noVariant = Buffer.alloc(16);

/** What a location says about looking into its cache. Times in milliseconds. */
export interface CacheLook {
  /** The key, as it was computed. */
  readonly key: string;
  /** The file's head is at most this long. */
  readonly bufferSize: number;
  readonly minUses: number;
  readonly lock: boolean;
  readonly lockTimeout: number;
  readonly lockAge: number;
}

/**
 * What a look into the cache finds: a response that is fresh, one that is not, or not and somebody is at work on another,
 * none, none that is to be kept yet, somebody whose response is to be waited for, no room, or a status that was kept.
 */
export type Found = 'fresh' | 'stale' | 'updating' | 'none' | 'scarce' | 'wait' | 'error' | number;

/** What a request has to do with one response of a cache (ngx_http_cache_t). */
export class CacheEntry {
  /** Seconds since the epoch; 0 when nothing has said how long it is to be kept. */
  validSeconds = 0;
  /** How long it may be used after that: while another one is fetched, and when that fails. */
  updatingSeconds = 0;
  errorSeconds = 0;
  lastModified = 0;
  date = 0;
  etag = '';
  vary = '';
  /** Kept in the place of a response; 0 for none. */
  error = 0;
  /** What is old may be sent while another one is fetched, or when that fails. */
  staleUpdating = false;
  staleError = false;
  /** A background request is at work on another one. */
  background = false;
  readonly headerStart: number;
  bodyStart: number;
  /** The response that is there. */
  file: OpenedFile | null = null;
  /** That response's head, as the upstream has sent it. */
  head: Buffer = noVariant;
  private node: CacheNode | null = null;
  private readonly main: Buffer;
  private readonly crc32: number;
  private key: string;
  private variant: Buffer = noVariant;
  private version = 0;
  private updating = false;
  private lockTime = 0;
  private waitUntil = 0;
  private timer: Timer | null = null;
  private lockTimeout: number;
  private secondary = false;
  private updated = false;
  private response: NewResponse | null = null;

  constructor(
    private readonly r: Request,
    readonly zone: CacheZone,
    private readonly look: CacheLook,
  ) {
    const { key, bufferSize, lockTimeout } = look;
    const bytes = Buffer.from(key, 'latin1');
    this.main = createHash('md5').update(bytes).digest();
    this.key = this.main.toString('hex');
    this.crc32 = crc32(bytes);
    this.headerStart = headerStartOf(key);
    this.bodyStart = bufferSize;
    this.lockTimeout = lockTimeout;
  }

  /** Where its file is. */
  get path(): string {
    return this.zone.pathOf(this.key);
  }

  /** Looks for the response (ngx_http_file_cache_open). */
  open(): Found {
    const known = this.enter(this.look.minUses);
    if (known === 'error' || known === 'scarce') return known;
    if (known === 'known' && this.error !== 0) return this.error;
    const isScarce = known === 'new' && this.look.minUses > 1;
    const mayExist = known === 'known' ? this.node?.exists : this.zone.index.cold;
    if (isScarce && !mayExist) return 'scarce';
    const file = mayExist ? this.zone.env.files.open(this.path) : { errno: 'ENOENT' };
    if (!failed(file)) {
      this.file = file;
      return this.read(file);
    }
    if (file.errno !== 'ENOENT' && file.errno !== 'ENOTDIR') {
      this.r.log('crit', `open() "${this.path}" failed (${systemErrorText(file)})`);
      return 'error';
    }
    return isScarce ? 'scarce' : this.lock();
  }

  /** Enters what was not looked for, since a response is to be kept all the same (ngx_http_file_cache_create). */
  create(): boolean {
    return this.enter(this.look.minUses) !== 'error';
  }

  /** Counts this request among those that use the key (ngx_http_file_cache_exists). */
  private enter(minUses: number, keepsStart = false): 'known' | 'new' | 'scarce' | 'error' {
    const { zone } = this;
    const found = this.node ?? zone.index.find(this.key);
    const node = found ?? zone.newNode(this.key);
    if (!node) return 'error';
    if (!this.node) {
      node.uses++;
      node.count++;
    }
    let known: 'known' | 'new' | 'scarce' = 'new';
    if (!found || (node.error !== 0 && node.validSeconds < zone.now())) renew(node);
    else if (node.error !== 0) known = 'known';
    else if (node.exists || node.uses >= minUses) {
      known = 'known';
      if (node.bodyStart > 0 && !keepsStart) this.bodyStart = node.bodyStart;
    } else known = 'scarce';
    zone.touch(node);
    this.version = node.version;
    this.error = node.error;
    this.node = node;
    return known;
  }

  /** One request fetches, others wait (ngx_http_file_cache_lock). */
  private lock(): Found {
    const { node, look } = this;
    if (!look.lock || !node) return 'none';
    const now = this.zone.env.clock.monotonic();
    if (!node.updating || node.lockTime <= now) {
      node.updating = this.updating = true;
      node.lockTime = this.lockTime = now + look.lockAge;
    }
    if (this.updating) return 'none';
    return this.lockTimeout === 0 ? 'scarce' : 'wait';
  }

  /** Calls back when it is worth to look again: the other one is done, or was waited for long enough. */
  whenReady(then: () => void): void {
    const { clock } = this.zone.env;
    const now = clock.monotonic();
    if (this.waitUntil === 0) this.waitUntil = now + this.lockTimeout;
    this.timer = clock.after(Math.min(longestPause, this.waitUntil - now), () => this.waited(then));
  }

  // ngx_http_file_cache_lock_wait
  private waited(then: () => void): void {
    const { node } = this;
    const { clock } = this.zone.env;
    const now = clock.monotonic();
    this.timer = null;
    if (now >= this.waitUntil) {
      this.r.log('info', 'cache lock timeout');
      this.lockTimeout = 0;
    } else if (node?.updating && node.lockTime > now) {
      this.timer = clock.after(Math.min(longestPause, node.lockTime - now), () => this.waited(then));
      return;
    }
    then();
  }

  // ngx_http_file_cache_read
  private read(file: OpenedFile): Found {
    const bytes = file.read(0, this.bodyStart);
    const header = decodeCacheHeader(bytes, this.look.key, this.crc32);
    if (typeof header === 'string') {
      this.r.log(header === 'version mismatch' ? 'info' : 'crit', `cache file "${this.path}" ${header}`);
      return 'none';
    }
    if (header.vary !== '') {
      this.variant = variantOf(this.main, header.vary, this.r.headersIn);
      if (!this.variant.equals(header.variant)) return this.reopen();
    }
    this.take(header);
    this.head = bytes.subarray(header.headerStart, header.bodyStart);
    this.warm(file);
    const now = this.zone.now();
    if (header.valid >= now) return 'fresh';
    this.staleUpdating = header.valid + header.updating >= now;
    this.staleError = header.valid + header.error >= now;
    const { node } = this;
    if (!node || node.updating) return 'updating';
    node.updating = this.updating = true;
    this.lockTime = node.lockTime;
    return 'stale';
  }

  private take({ valid, updating, error, lastModified, date, bodyStart, etag }: CacheHeader): void {
    this.validSeconds = valid;
    this.updatingSeconds = updating;
    this.errorSeconds = error;
    this.lastModified = lastModified;
    this.date = date;
    this.bodyStart = bodyStart;
    this.etag = etag;
  }

  /** The index did not know what is on the disk. */
  private warm(file: OpenedFile): void {
    const { node, zone } = this;
    if (!zone.index.cold || !node || node.exists) return;
    node.uses = 1;
    node.bodyStart = this.bodyStart;
    node.exists = true;
    node.blocks = zone.blocksOf(file.size);
    zone.index.blocks += node.blocks;
  }

  /** The file is of another variant: ours has a key of its own (ngx_http_file_cache_reopen). */
  private reopen(): Found {
    if (this.secondary) {
      this.r.log('crit', `cache file "${this.path}" has incorrect vary hash`);
      return 'none';
    }
    this.close();
    this.leave();
    this.secondary = true;
    this.bodyStart = this.look.bufferSize;
    this.key = this.variant.toString('hex');
    return this.open();
  }

  private leave(): void {
    if (this.node) this.node.count--;
    this.node = null;
  }

  /** Begins the file of a new response; false, and logged, when it cannot be written (ngx_http_file_cache_set_header). */
  store(head: Buffer, temporary: TemporaryDirectory | null): boolean {
    this.bodyStart = this.headerStart + head.length;
    if (this.vary !== '') this.variant = variantOf(this.main, this.vary, this.r.headersIn);
    else this.variant = noVariant;
    this.chooseVariant();
    this.response = NewResponse.create(this.zone, this.path, temporary, this.r);
    return this.write(Buffer.concat([encodeCacheHeader(this.header()), keyLine(this.look.key), head]));
  }

  private header(): CacheHeader {
    const { vary, variant, etag, crc32, headerStart, bodyStart, lastModified, date } = this;
    const times = { valid: this.validSeconds, updating: this.updatingSeconds, error: this.errorSeconds };
    return { ...times, lastModified, date, crc32, headerStart, bodyStart, etag, vary, variant };
  }

  /** What was looked for as a variant may be none any more: then it gets the main key (ngx_http_file_cache_update_variant). */
  private chooseVariant(): void {
    if (!this.secondary || (this.vary !== '' && this.variant.toString('hex') === this.key)) return;
    if (this.node) this.node.updating = false;
    this.leave();
    this.key = this.main.toString('hex');
    this.enter(this.look.minUses, true);
  }

  /** Adds to the body; false when it cannot be kept any more. */
  write(piece: Buffer): boolean {
    if (this.response?.write(piece)) return true;
    this.free();
    return false;
  }

  /** The response is complete, and takes its place (ngx_http_file_cache_update). */
  finish(): void {
    const { node, response, zone } = this;
    if (this.updated || !response) return;
    this.updated = true;
    this.updating = false;
    const size = response.finish();
    this.response = null;
    if (!node) return;
    const blocks = size === null ? 0 : zone.blocksOf(size);
    node.count--;
    node.error = 0;
    node.version++;
    node.bodyStart = this.bodyStart;
    zone.index.blocks += blocks - node.blocks;
    node.blocks = blocks;
    if (size !== null) node.exists = true;
    node.updating = false;
  }

  /** The file is as it was, and is good for longer (ngx_http_file_cache_update_header). */
  refresh(): void {
    const { node, file } = this;
    const { files } = this.zone.env;
    const stat = files.stat(this.path);
    // Another one has taken its place meanwhile.
    if (failed(stat) || !file || stat.size !== file.size || node?.version !== this.version) return;
    const error = files.overwrite(this.path, 0, encodeCacheHeader(this.header()));
    if (error) this.r.log('crit', `open() "${this.path}" failed (${systemErrorText(error)})`);
  }

  /** Nothing more is read of the file. */
  close(): void {
    this.file?.close();
    this.file = null;
  }

  /** The request has nothing more to do with it; a response that is not complete goes (ngx_http_file_cache_free). */
  free(): void {
    const { node, zone } = this;
    this.timer?.cancel();
    this.timer = null;
    this.response?.drop();
    this.response = null;
    if (this.updated || !node) return;
    this.updated = true;
    node.count--;
    if (this.updating && node.lockTime === this.lockTime) node.updating = false;
    this.updating = false;
    if (this.error !== 0) {
      node.error = this.error;
      if (this.validSeconds !== 0) node.validSeconds = this.validSeconds;
    } else if (!node.exists && node.count === 0 && this.look.minUses === 1) zone.index.remove(node);
  }
}

/** As if it had just been made. */
function renew(node: CacheNode): void {
  node.error = 0;
  node.exists = false;
  node.validSeconds = 0;
  node.version++;
  node.bodyStart = 0;
  node.blocks = 0;
}
