import type { BackendHandler, BackendReply, BackendRequest } from './http-server.ts';

/*
 * An application with a login, as phpMyAdmin has one: the form sets a session cookie and carries a token that the session
 * knows; a login without it is refused, a good one gets a session id of its own; an id that the store does not know is
 * replaced (session.use_strict_mode). Over HTTP and, its params being headers, over FastCGI.
 */

/** What an application remembers of one client. */
interface LoginSession {
  readonly token: string;
  /** Who is logged in; null before. */
  readonly user: string | null;
}

/** Where sessions are kept, by id: `local`, with each back end for itself, or all in one, as in a Redis. */
export interface SessionStore {
  readonly sessions: Map<string, LoginSession>;
  /** Ids given out so far. */
  issued: number;
}

export interface LoginAppOptions {
  readonly store: 'local' | 'redis';
  /** The session cookie's name; `PHPSESSID` unless given. */
  readonly cookie?: string;
}

/** Makes the same application for each back end: `const app = loginApp({ store: 'local' }); app('web01')`. */
export function loginApp({ store, cookie = 'PHPSESSID' }: LoginAppOptions): (peer: string) => BackendHandler {
  const shared = emptyStore();
  return (peer) => {
    const app = new LoginApp(peer, store === 'redis' ? shared : emptyStore(), cookie);
    return (request) => app.answer(request);
  };
}

function emptyStore(): SessionStore {
  return { sessions: new Map(), issued: 0 };
}

class LoginApp {
  constructor(
    private readonly peer: string,
    private readonly store: SessionStore,
    private readonly cookie: string,
  ) {}

  answer(request: BackendRequest): BackendReply {
    const id = this.idOf(request);
    const session = id === null ? undefined : this.store.sessions.get(id);
    if (request.method === 'POST') return this.logIn(id, session, new URLSearchParams(request.body.toString('utf8')));
    if (session?.user) return this.page(200, `logged in as ${session.user}\nserved by ${this.peer}\n`);
    if (session) return this.page(200, form(session.token, ''));
    const started = this.start(null);
    return this.page(200, form(started.token, ''), started.setCookie);
  }

  private logIn(id: string | null, session: LoginSession | undefined, fields: URLSearchParams): BackendReply {
    if (id === null || session === undefined || fields.get('token') !== session.token) {
      const { token, setCookie } = this.start(null);
      return this.page(200, form(token, 'Token mismatch: the session of this form is not known here.'), setCookie);
    }
    this.store.sessions.delete(id);
    const { setCookie } = this.start(fields.get('pma_username') || 'root');
    return { ...this.page(302, '', setCookie, [['Location', '?']]) };
  }

  private start(user: string | null): { readonly token: string; readonly setCookie: string } {
    const id = `${++this.store.issued}at${this.peer.replace(/[^A-Za-z0-9]/g, '-')}`;
    const token = `token-${id}`;
    this.store.sessions.set(id, { token, user });
    return { token, setCookie: `${this.cookie}=${id}; path=/; HttpOnly` };
  }

  private idOf(request: BackendRequest): string | null {
    const sent = request.header('HTTP_COOKIE') ?? request.header('cookie') ?? '';
    const pair = sent.split(/;\s*/).find((text) => text.startsWith(`${this.cookie}=`));
    return pair === undefined ? null : pair.slice(this.cookie.length + 1);
  }

  private page(
    status: number,
    body: string,
    setCookie?: string,
    more: readonly (readonly [string, string])[] = [],
  ): BackendReply {
    const cookies = setCookie === undefined ? [] : [['Set-Cookie', setCookie] as const];
    const headers = [['X-Served-By', this.peer], ['Content-Type', 'text/html'], ...cookies, ...more] as [string, string][];
    return { status, headers, body };
  }
}

function form(token: string, problem: string): string {
  return `<form method="post">${problem}
<input name="pma_username"><input name="pma_password" type="password"><input type="hidden" name="token" value="${token}">
</form>
`;
}
