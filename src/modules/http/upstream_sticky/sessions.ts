import { createHash } from 'node:crypto';
import { SlabPages } from '../../../runtime/zones.ts';

interface Known {
  peer: string;
  /** Milliseconds of wall time. */
  last: number;
}

const ownSize = 128;
const sessionSize = 137;

/** Which peer a session belongs to, in a zone of shared memory; the one that was not used for longest comes first. */
export class Sessions {
  private readonly known = new Map<string, Known>();
  private readonly pages: SlabPages;

  constructor(size: number, name: string) {
    this.pages = new SlabPages(size, ownSize, name.length + 27);
  }

  /** The peer's name in sessions (ngx_http_upstream_sticky_sess_lookup); undefined for a session that is not known. */
  find(id: string, now: number, timeout: number): string | undefined {
    this.expire(now, timeout);
    return this.known.get(keyOf(id))?.peer;
  }

  /**
   * Keeps a session alive, for this peer from now on; `create` makes one that is not known yet. How the memory was: `tight` when
   * the oldest session had to go, `full` when there was no room (ngx_http_upstream_sticky_learn_peer).
   */
  learn(id: string, peer: string, create: boolean, now: number, timeout: number): 'well' | 'tight' | 'full' {
    this.expire(now, timeout);
    const key = keyOf(id);
    const session = this.known.get(key);
    if (!session && !create) return 'well';
    let room: 'well' | 'tight' = 'well';
    if (session) this.known.delete(key);
    else if (!this.pages.take(sessionSize)) {
      this.forgetOldest();
      if (!this.pages.take(sessionSize)) return 'full';
      room = 'tight';
    }
    this.known.set(key, { peer, last: now });
    return room;
  }

  private expire(now: number, timeout: number): void {
    for (const { last } of this.known.values()) {
      if (last + timeout > now) return;
      this.forgetOldest();
    }
  }

  private forgetOldest(): void {
    const [key] = this.known.keys();
    if (key === undefined) return;
    this.known.delete(key);
    this.pages.give(sessionSize);
  }
}

/** A session costs the same whatever its id (ngx_http_upstream_sticky_sess_init_key). */
function keyOf(id: string): string {
  return createHash('md5').update(id, 'latin1').digest('binary');
}
