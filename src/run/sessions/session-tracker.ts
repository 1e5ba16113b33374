import type { Event } from '../../runtime/events.ts';
import { cookieSet, cookiesSent, isRolling, isSessionCookie } from './session-cookies.ts';

/** A session cookie that one peer has issued and another one got. */
export interface SessionHop {
  /** The request's number, as in events. */
  readonly id: number;
  readonly cookie: string;
  readonly upstream: string;
  readonly from: string;
  readonly to: string;
  /** True when the other peer did not know the session and issued a new one. */
  readonly lost: boolean;
}

/** One value of a session cookie. */
export interface SeenSession {
  readonly cookie: string;
  readonly value: string;
  readonly upstream: string;
  /** Who has issued it; when nobody was seen to, who got it first. */
  readonly peer: string;
  /** Answers to requests with it. */
  readonly requests: number;
  readonly hops: readonly SessionHop[];
  readonly lost: boolean;
}

interface Tracked extends SeenSession {
  requests: number;
  hops: SessionHop[];
  lost: boolean;
}

type Answered = Extract<Event, { type: 'peer-answered' }>;

const mostSessions = 10_000;

/** Follows session cookies from peer to peer, by the engine's events. The oldest are forgotten beyond ten thousand. */
export class SessionTracker {
  private readonly tracked = new Map<string, Tracked>();
  private readonly names: ReadonlySet<string>;
  /** Cookies whose own peers were seen to change them with a page. */
  private readonly changing = new Set<string>();

  /** `names` are those of further session cookies. */
  constructor(
    names: readonly string[],
    private readonly onHop: ((hop: SessionHop) => void) | undefined,
  ) {
    this.names = new Set(names);
  }

  /** All sessions in the order in which they were first seen. */
  get sessions(): readonly SeenSession[] {
    return [...this.tracked.values()];
  }

  take(event: Event): void {
    if (event.type !== 'peer-answered' || (event.cookie === '' && event.setCookies.length === 0)) return;
    const set = new Map(
      event.setCookies
        .map(cookieSet)
        .filter(({ name }) => this.isWanted(name))
        .map((cookie) => [cookie.name, cookie]),
    );
    for (const [name, value] of cookiesSent(event.cookie)) if (this.isWanted(name)) this.sent(event, name, value, set.get(name));
    for (const { name, value, removes } of set.values()) if (!removes) this.remember(event, name, value);
  }

  private isWanted(name: string): boolean {
    return this.names.has(name) || isSessionCookie(name);
  }

  private sent(event: Answered, name: string, value: string, set: ReturnType<typeof cookieSet> | undefined): void {
    const session = this.remember(event, name, value);
    session.requests++;
    if (set?.removes) this.tracked.delete(keyOf(event.upstream, name, value));
    // A new id in answer to POST is what a login gets, too: only a page that brings one shows that the old one is unknown.
    const isReplaced = set !== undefined && !set.removes && set.value !== value && event.method !== 'POST';
    if (session.peer === event.peer) {
      if (isReplaced) this.changing.add(name);
      return;
    }
    const lost = isReplaced && !isRolling(name) && !this.changing.has(name);
    const hop = { id: event.id, cookie: name, upstream: event.upstream, from: session.peer, to: event.peer, lost };
    session.hops.push(hop);
    session.lost ||= lost;
    this.onHop?.(hop);
  }

  private remember({ upstream, peer }: Answered, cookie: string, value: string): Tracked {
    const key = keyOf(upstream, cookie, value);
    let session = this.tracked.get(key);
    if (!session) {
      session = { cookie, value, upstream, peer, requests: 0, hops: [], lost: false };
      this.tracked.set(key, session);
      const [oldest] = this.tracked.keys();
      if (this.tracked.size > mostSessions && oldest !== undefined) this.tracked.delete(oldest);
    }
    return session;
  }
}

function keyOf(upstream: string, cookie: string, value: string): string {
  return `${upstream}\n${cookie}\n${value}`;
}
