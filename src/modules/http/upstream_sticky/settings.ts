import { parseTime } from '../../../schema/values/time.ts';
import { parseZone, type ZoneSize } from '../../../schema/values/zone.ts';

/** The cookie that `sticky cookie` gives out. */
export interface StickyCookie {
  readonly kind: 'cookie';
  readonly name: string;
  /** May have variables. */
  readonly domain: string;
  readonly path: string;
  /** Seconds; null when not given. */
  readonly expires: number | 'max' | null;
  readonly httponly: boolean;
  readonly secure: boolean;
  /** May have variables. */
  readonly samesite: string;
}

/** What `sticky learn` takes sessions from; variables without `$`, the first that is not empty counts. */
export interface StickyLearn {
  readonly kind: 'learn';
  readonly zone: ZoneSize;
  readonly create: readonly string[];
  readonly lookup: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /** Sessions are made when a response's head has come, not when it is over. */
  readonly header: boolean;
}

/** What `sticky route` asks for the server's name. */
export interface StickyRoute {
  readonly kind: 'route';
  readonly lookup: readonly string[];
}

/** What `sticky` says. */
export type Sticky = StickyCookie | StickyLearn | StickyRoute;

/** ngx_http_upstream_sticky; what it refuses, `model/check/sticky.ts` has said, and is undefined here. */
export function readSticky([kind, ...words]: readonly string[]): Sticky | undefined {
  if (kind === 'cookie') return readCookie(words);
  if (kind === 'learn') return readLearn(words);
  if (kind === 'route') return { kind, lookup: words.map((word) => word.slice(1)) };
  return undefined;
}

function readCookie([name = '', ...words]: readonly string[]): StickyCookie | undefined {
  const { domain = '', path = '', expires, samesite = '' } = named(words);
  const seconds = expires === undefined || expires === 'max' ? (expires ?? null) : parseTime(expires, 's');
  if (name === '' || seconds === undefined) return undefined;
  const httponly = words.includes('httponly');
  return { kind: 'cookie', name, domain, path, expires: seconds, httponly, secure: words.includes('secure'), samesite };
}

function readLearn(words: readonly string[]): StickyLearn | undefined {
  const { zone: text = '', timeout: time = '10m' } = named(words);
  const zone = parseZone(text);
  const timeout = parseTime(time);
  const create = variables(words, 'create=$');
  const lookup = variables(words, 'lookup=$');
  if (!zone || !timeout || create.length === 0 || lookup.length === 0) return undefined;
  return { kind: 'learn', zone, create, lookup, timeout, header: words.includes('header') };
}

function named(words: readonly string[]): Partial<Record<string, string>> {
  return Object.fromEntries(words.map((word) => [word.split('=', 1)[0], word.slice(word.indexOf('=') + 1)]));
}

function variables(words: readonly string[], before: string): readonly string[] {
  return words.filter((word) => word.startsWith(before)).map((word) => word.slice(before.length));
}
