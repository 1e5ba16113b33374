import { createHash } from 'node:crypto';
import { handle, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { cookieTime } from '../../../runtime/http/cookie-time.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { Peer, Wanted } from '../../../runtime/upstream/peer.ts';
import type { Session } from '../../../runtime/upstream/upstream.ts';
import { httpUpstreamSticky } from './directives.ts';
import { Sessions } from './sessions.ts';
import type { Sticky, StickyCookie, StickyLearn } from './settings.ts';

type Getter = (r: Request) => string | undefined;

/** What a zone holds, and whose it is. */
interface Zone {
  readonly upstream: string;
  readonly sessions: Sessions;
}

/** `sticky`: clients stay with their server. */
export const upstreamStickyHandler = handle(httpUpstreamSticky, {
  upstream({ sticky }, upstream, at) {
    if (sticky) upstream.sticky = planSessions(sticky, upstream.name, at);
    return undefined;
  },
});

// ngx_http_upstream_sticky_init_peer
function planSessions(sticky: Sticky, upstream: string, at: PlanContext): (r: Request) => Session {
  const lookup = sticky.kind === 'cookie' ? [`cookie_${sticky.name}`] : sticky.lookup;
  const idOf = firstOf(lookup, at);
  if (sticky.kind === 'learn') {
    const learner = new Learner(sticky, upstream, at);
    return (r) => learner.session(r, idOf(r));
  }
  const cookie = sticky.kind === 'cookie' ? cookieOf(sticky, at) : null;
  return (r) => {
    const id = idOf(r);
    const wanted = id === '' ? null : named(id);
    return { wanted: () => wanted, chosen: cookie ? setter(r, cookie) : nothing, answered: nothing, served: nothing };
  };
}

const nothing = () => undefined;

/** The first variable that is not empty; '' when all are (ngx_http_upstream_sticky_get_id). */
function firstOf(names: readonly string[], at: PlanContext): (r: Request) => string {
  const getters = names.map((name): Getter => at.variable(name.toLowerCase()));
  return (r) => {
    for (const get of getters) {
      const value = get(r);
      if (value) return value;
    }
    return '';
  };
}

/** Names of peers without a route (ngx_http_upstream_init_round_robin_sid). */
const names = new WeakMap<Peer, string>();

function nameOf(peer: Peer): string {
  if (peer.route !== '') return peer.route;
  const known = names.get(peer);
  if (known !== undefined) return known;
  const name = createHash('md5').update(peer.name, 'latin1').digest('hex');
  names.set(peer, name);
  return name;
}

function named(name: string): Wanted {
  return (peer) => nameOf(peer) === name;
}

/** Puts the cookie among the response's fields; another attempt's takes its place. */
function setter(r: Request, cookie: (r: Request, peer: Peer) => string): (peer: Peer) => void {
  let place = -1;
  return (peer) => {
    const { list } = r.headersOut;
    if (place < 0) {
      place = list.length + 1;
      list.push('Set-Cookie', '');
    }
    list[place] = cookie(r, peer);
  };
}

// ngx_http_upstream_sticky_cookie_insert
function cookieOf(sticky: StickyCookie, at: PlanContext): (r: Request, peer: Peer) => string {
  const { name, expires, httponly, secure, path } = sticky;
  const domain = at.script(sticky.domain);
  const samesite = samesiteOf(at.script(sticky.samesite));
  const expiry = () => {
    if (expires === null) return '';
    if (expires === 'max') return '; expires=Thu, 31-Dec-37 23:55:55 GMT; max-age=315360000';
    return `; expires=${cookieTime(Math.floor(at.host.clock.now() / 1000) + expires)}; max-age=${expires}`;
  };
  const flags = `${httponly ? '; httponly' : ''}${secure ? '; secure' : ''}`;
  const end = attribute('path', path);
  return (r, peer) =>
    `${name}=${nameOf(peer)}${expiry()}${attribute('domain', domain(r))}${flags}${attribute('samesite', samesite(r))}${end}`;
}

function attribute(name: string, value: string): string {
  return value === '' ? '' : `; ${name}=${value}`;
}

/** What a variable says and nobody knows is as strict as can be. */
function samesiteOf(script: Script): Script {
  return (r) => {
    const value = script(r);
    return value === '' || /^(strict|lax|none)$/i.test(value) ? value : 'strict';
  };
}

/** `sticky learn`: sessions are read from what clients and servers say. */
class Learner {
  private readonly sessions: Sessions;
  private readonly created: (r: Request) => string;

  constructor(
    private readonly sticky: StickyLearn,
    upstream: string,
    private readonly at: PlanContext,
  ) {
    this.created = firstOf(sticky.create, at);
    this.sessions = zoneOf(sticky, upstream, at).sessions;
  }

  session(r: Request, id: string): Session {
    const { header, timeout } = this.sticky;
    const learn = (peer: Peer) => this.learn(r, id, peer);
    return {
      wanted: () => {
        const peer = id === '' ? undefined : this.sessions.find(id, this.now(), timeout);
        return peer === undefined ? null : named(peer);
      },
      chosen: nothing,
      answered: header ? learn : nothing,
      served: header ? nothing : learn,
    };
  }

  // ngx_http_upstream_sticky_learn_peer
  private learn(r: Request, lookedUp: string, peer: Peer): void {
    const { sticky, at } = this;
    const created = this.created(r);
    const id = created || lookedUp;
    if (id === '') return;
    const room = this.sessions.learn(id, nameOf(peer), created !== '', this.now(), sticky.timeout);
    if (room === 'well') return;
    const where = `could not allocate node in sticky session zone "${sticky.zone.name}"`;
    at.log('warn', `${where}, expiring least recently used session`);
    if (room === 'full') at.log('alert', where);
  }

  private now(): number {
    return Math.floor(this.at.host.clock.now());
  }
}

// ngx_http_upstream_sticky_sess_init_zone
function zoneOf({ zone }: StickyLearn, upstream: string, at: PlanContext): Zone {
  return at.zone<Zone>(httpUpstreamSticky, zone, (before) => {
    const line = at.scope.uses.find(({ directive: { name } }) => name === 'sticky');
    if (line && before && before.upstream !== upstream)
      at.fail(
        line.directive,
        `sticky zone "${zone.name}" is used in upstream "${upstream}" while previously it was used in upstream "${before.upstream}"`,
      );
    return { upstream, sessions: before?.sessions ?? new Sessions(zone.size, zone.name) };
  });
}
