import { SlabPages } from '../zones.ts';

const nodeSize = 120;
const headSize = 120;

/** What is known of one key (ngx_http_file_cache_node_t). Times in seconds since the epoch. */
export interface CacheNode {
  /** 32 hexadecimal digits. */
  readonly key: string;
  /** How many requests look at it. */
  count: number;
  uses: number;
  /** A status that is kept without a response; 0 for none. */
  error: number;
  exists: boolean;
  /** A request is at work on a new response. */
  updating: boolean;
  /** Changes with each file that takes the place of another. */
  version: number;
  /** When it goes unless it is used. */
  expire: number;
  validSeconds: number;
  /** Where the body begins in the file; 0 when not known. */
  bodyStart: number;
  /** Blocks of the file. */
  blocks: number;
  /** Until when the one who updates it keeps others waiting; monotonic milliseconds. */
  lockTime: number;
}

/** The keys of a cache, kept over reloads (ngx_http_file_cache_sh_t). */
export class CacheIndex {
  /** The one that was not used for longest comes first. */
  private readonly nodes = new Map<string, CacheNode>();
  private readonly pages: SlabPages;
  /** Blocks of all files. */
  blocks = 0;
  /** What lies on the disk is not known yet. */
  cold = true;
  loading = false;
  /** The number of the next file that is not complete. */
  temporary = 0;
  /** No more keys than this: the zone was full once. */
  watermark = Infinity;

  /** An index in a zone of `size` bytes. */
  constructor(size: number, name: string) {
    this.pages = new SlabPages(size, headSize, ' in cache keys zone ""'.length + 1 + name.length);
  }

  get count(): number {
    return this.nodes.size;
  }

  get oldest(): CacheNode | undefined {
    for (const node of this.nodes.values()) return node;
    return undefined;
  }

  find(key: string): CacheNode | undefined {
    return this.nodes.get(key);
  }

  /** Makes a node; null when the zone is full. */
  add(key: string): CacheNode | null {
    if (!this.pages.take(nodeSize)) {
      this.watermark = this.nodes.size - Math.floor(this.nodes.size / 8);
      return null;
    }
    const node: CacheNode = {
      key,
      count: 0,
      uses: 0,
      error: 0,
      exists: false,
      updating: false,
      version: 0,
      expire: 0,
      validSeconds: 0,
      bodyStart: 0,
      blocks: 0,
      lockTime: 0,
    };
    this.nodes.set(key, node);
    return node;
  }

  /** It is used now. */
  touch(node: CacheNode, expire: number): void {
    node.expire = expire;
    this.nodes.delete(node.key);
    this.nodes.set(node.key, node);
  }

  remove(node: CacheNode): void {
    if (this.nodes.delete(node.key)) this.pages.give(nodeSize);
  }
}
