import type { Host } from '../host/host.ts';
import type { Flavor } from '../model/check/target.ts';
import { isAtLeast } from '../schema/version.ts';
import type { ConnectTarget } from './codec/http1-request-line.ts';
import type { Events } from './events.ts';
import { type HostCheck, hostCheck } from './http/host-name.ts';
import type { Logs } from './log.ts';
import type { Zones } from './zones.ts';

/** What a release of nginx does differently from others, for the code that runs with every request. */
export interface Profile {
  readonly version: string;
  readonly flavor: Flavor;
  readonly checkHost: HostCheck;
  /** Bare LF ends lines of a chunked body (before 1.29.4). */
  readonly bareLfInChunks: boolean;
  readonly connectTarget: ConnectTarget;
  /** A comma ends a cookie's name and value, too, when one is looked for (before 1.29.6). */
  readonly commaBetweenCookies: boolean;
  /** `$http_x` has the first of several fields only (before 1.23.0), but for some. */
  firstFieldOnly(lower: string): boolean;
}

/**
 * What a connection does. `idle`: between requests · `head`: a head has begun · `busy`: a request runs · `drain`: its
 * unread body is thrown away · `linger`: our side is closed, what still comes is thrown away.
 */
export type ConnectionState = 'idle' | 'head' | 'busy' | 'drain' | 'linger';

/** What everything that runs shares (nginx: the cycle and its cached time). */
export class Engine {
  readonly host: Host;
  readonly events: Events = { listener: null, detail: null };
  readonly logs: Logs;
  readonly profile: Profile;
  /** Memory of the configuration that runs; null before there is one. */
  zones: Zones | null = null;
  requests = 0;
  connections = 0;
  /** How many connections are in each state. */
  readonly states: Record<ConnectionState, number> = { idle: 0, head: 0, busy: 0, drain: 0, linger: 0 };
  /** Numbers the boundaries of multipart responses. */
  boundary = 1;
  /** Numbers temporary files. */
  temporary = 1;
  private second = -1;
  private date = '';
  private readonly heads = new Map<string, string>();

  constructor(host: Host, version: string, logs: Logs, flavor: Flavor = 'oss') {
    this.host = host;
    this.logs = logs;
    const joins = isAtLeast(version, '1.23.0');
    this.profile = {
      version,
      flavor,
      checkHost: hostCheck(version),
      bareLfInChunks: !isAtLeast(version, '1.29.4'),
      connectTarget: !isAtLeast(version, '1.29.3') ? 'uri' : isAtLeast(version, '1.31.0') ? 'number' : 'port',
      commaBetweenCookies: !isAtLeast(version, '1.29.6'),
      firstFieldOnly: (lower) => !joins && lower !== 'x-forwarded-for' && lower !== 'cookie',
    };
  }

  /** nginx's name for a `server_tokens`. */
  serverName(tokens: 'off' | 'on' | 'build'): string {
    return tokens === 'off' ? 'nginx' : `nginx/${this.profile.version}`;
  }

  /** `Server` and `Date` of a response, made once a second. */
  serverAndDate(tokens: 'off' | 'on' | 'build'): string {
    const second = Math.floor(this.host.clock.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.date = `Date: ${httpDate(second)}\r\n`;
      this.heads.clear();
    }
    let head = this.heads.get(tokens);
    if (head === undefined) this.heads.set(tokens, (head = `Server: ${this.serverName(tokens)}\r\n${this.date}`));
    return head;
  }

  /** `Date` alone, for a response that brings its own Server. */
  dateLine(): string {
    this.serverAndDate('on');
    return this.date;
  }

  now(): number {
    return this.host.clock.monotonic();
  }
}

/** `Sun, 06 Nov 1994 08:49:37 GMT` (ngx_http_time). */
export function httpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}
