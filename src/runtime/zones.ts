import type { ZoneSize } from '../schema/values/zone.ts';

interface Zone {
  readonly size: number;
  readonly content: unknown;
}

/** What modules keep beyond a configuration's life (nginx: the shared memory zones of a cycle). */
export class Zones {
  private readonly zones = new Map<string, Zone>();
  /** Those of the configuration that runs until this one takes over. */
  private before: Zones | null;

  constructor(before: Zones | null) {
    this.before = before;
  }

  /** Makes a module's zone out of what the one with the same name and size held (ngx_init_zone_pool, ngx_init_cycle). */
  add<T>(owner: string, { name, size }: ZoneSize, make: (before: T | undefined) => T): T {
    const key = `${owner} ${name}`;
    const old = this.before?.zones.get(key);
    const content = make(old?.size === size ? (old.content as T) : undefined);
    this.zones.set(key, { size, content });
    return content;
  }

  /** What a zone holds; undefined when there is none. */
  find<T>(owner: string, name: string): T | undefined {
    return this.zones.get(`${owner} ${name}`)?.content as T | undefined;
  }

  /** This configuration runs from now on. */
  settle(): void {
    this.before = null;
  }
}

const page = 4096;
const pageHeader = 24;
const poolHeader = 664;

/** Counts what fits into a zone (nginx: ngx_slab_alloc, pieces of 2^n bytes on pages of their own). */
export class SlabPages {
  private free: number;
  private readonly used = new Map<number, number>();

  /** A zone of `size` bytes, where each of `sizes` is taken already. */
  constructor(size: number, ...sizes: readonly number[]) {
    this.free = Math.floor((size - poolHeader) / (page + pageHeader));
    for (const taken of sizes) this.take(taken);
  }

  /** Takes a piece; false when there is no room. */
  take(size: number): boolean {
    const piece = pieceFor(size);
    const count = this.used.get(piece) ?? 0;
    const pages = pagesFor(piece, count);
    if (this.free < pages) return false;
    this.free -= pages;
    this.used.set(piece, count + 1);
    return true;
  }

  /** Gives a piece back. */
  give(size: number): void {
    const piece = pieceFor(size);
    const count = (this.used.get(piece) ?? 0) - 1;
    this.used.set(piece, count);
    this.free += pagesFor(piece, count);
  }
}

/** Pieces larger than half a page take whole pages. */
function pieceFor(size: number): number {
  return size > page / 2 ? Math.ceil(size / page) * page : 2 ** Math.ceil(Math.log2(Math.max(8, size)));
}

/** How many pages one piece more needs when there are `count`. */
function pagesFor(piece: number, count: number): number {
  if (piece >= page) return piece / page;
  return (count * piece) % page === 0 ? 1 : 0;
}
