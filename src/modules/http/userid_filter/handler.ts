import type { Host } from '../../../host/host.ts';
import { handle, type PlanContext } from '../../../runtime/hooks.ts';
import { cookieTime } from '../../../runtime/http/cookie-time.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { addressBytes } from '../../../schema/values/ip-address.ts';
import { httpUseridFilter } from './directives.ts';

type Settings = ValuesOf<(typeof httpUseridFilter)['settings']>;

interface UserId extends Settings {
  readonly host: Host;
  readonly cookie: (r: Request) => string | undefined;
  readonly reset: (r: Request) => string | undefined;
}

/** What is known of one request's user (nginx: ngx_http_userid_ctx_t); identifiers are 16 bytes. */
interface User {
  readonly cookie: string;
  readonly got: Buffer | null;
  set: Buffer | null;
  wasReset: boolean;
}

/** Numbers what this process gives out. */
interface Sequence {
  readonly start: number;
  v1: number;
  v2: number;
}

const planned = new WeakMap<LocationPlan, UserId>();
const sequences = new WeakMap<Host, Sequence>();
const firstV2 = 0x03030302;
/** Of the cookie, in nginx's order. */
const attributes = ['secure', 'httponly', 'samesite=strict', 'samesite=lax', 'samesite=none'] as const;

/** `userid`: a cookie that tells clients apart. */
export const useridFilterHandler = handle(httpUseridFilter, {
  headerFilter(settings, at) {
    if (settings.mode === 'off') return undefined;
    const plan = planUserId(settings, at);
    planned.set(at.location, plan);
    if (settings.mode === 'log') return undefined;
    return (r) => {
      if (r.main === r) setCookie(r, plan);
      return undefined;
    };
  },
  variables: {
    uid_got: ({ main }) => {
      const plan = planned.get(main.location);
      const got = plan && userOf(main, plan).got;
      return got && plan ? shown(plan, got) : undefined;
    },
    uid_set: ({ main }) => {
      const plan = planned.get(main.location);
      if (!plan || plan.mode === 'log') return undefined;
      const set = identify(main, plan, userOf(main, plan));
      return set ? shown(plan, set) : undefined;
    },
    uid_reset: () => '',
  },
});

function planUserId(settings: Settings, at: PlanContext): UserId {
  return { ...settings, host: at.host, cookie: at.variable(`cookie_${settings.name}`), reset: at.variable('uid_reset') };
}

// ngx_http_userid_get_uid
function userOf(r: Request, { cookie, name }: UserId): User {
  let user = r.moduleData.get(httpUseridFilter) as User | undefined;
  if (!user) {
    const sent = cookie(r);
    user = { cookie: sent ?? '', got: sent === undefined ? null : identifierIn(r, sent, name), set: null, wasReset: false };
    r.moduleData.set(httpUseridFilter, user);
  }
  return user;
}

/** Of the cookie 22 characters count: a mark may follow, or what spoils the padding. */
function identifierIn(r: Request, cookie: string, name: string): Buffer | null {
  const text = cookie.slice(0, 22);
  const what = text.length < 22 ? 'too short' : /^[A-Za-z0-9+/]+$/.test(text) ? '' : 'invalid';
  if (what !== '') {
    const { lower, values } = r.headersIn;
    const line = values.find((value, at) => lower[at] === 'cookie' && value.includes(`${name}=`)) ?? cookie;
    r.log('error', `client sent ${what} userid cookie "${line}"`);
    return null;
  }
  const bytes = Buffer.from(text, 'base64');
  return bytes.readUInt32LE(12) === 0 ? null : bytes;
}

/** The identifier that the client is to keep; null when it has the right one (ngx_http_userid_create_uid). */
function identify(r: Request, plan: UserId, user: User): Buffer | null {
  if (user.set) return user.set;
  const { mark, name } = plan;
  if (user.got) {
    const reset = plan.reset(r) ?? '';
    if (reset === '' || reset === '0') {
      const isMarked = mark === '' || (user.cookie.length > 23 && user.cookie.slice(22, 24) === `${mark}=`);
      return isMarked ? null : (user.set = user.got);
    }
    user.wasReset = true;
    if (reset === 'log') r.log('notice', `userid cookie "${name}=${digits(user.got)}" was reset`);
  }
  return (user.set = newIdentifier(r, plan));
}

function newIdentifier(r: Request, { mode, service, host }: UserId): Buffer {
  const sequence = sequenceOf(host);
  const bytes = Buffer.alloc(16);
  const seconds = Math.floor(host.clock.now() / 1000);
  if (mode === 'v1') {
    const words = [Math.max(0, service), seconds, sequence.start, sequence.v1];
    for (const [at, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, at * 4);
    sequence.v1 = (sequence.v1 + 0x100) >>> 0;
    return bytes;
  }
  if (service >= 0) bytes.writeUInt32BE(service >>> 0, 0);
  else if (r.local.kind === 'ip') bytes.write((addressBytes(r.local.host) ?? '').slice(-4), 0, 'latin1');
  for (const [at, word] of [seconds, sequence.start, sequence.v2].entries()) bytes.writeUInt32BE(word >>> 0, 4 + at * 4);
  sequence.v2 = Math.max(firstV2, (sequence.v2 + 0x100) >>> 0);
  return bytes;
}

// ngx_http_userid_init_worker
function sequenceOf(host: Host): Sequence {
  let sequence = sequences.get(host);
  if (!sequence) {
    const fraction = Math.floor(host.random() * 50_000);
    sequences.set(host, (sequence = { start: ((fraction << 16) | host.pid) >>> 0, v1: 1, v2: firstV2 }));
  }
  return sequence;
}

// ngx_http_userid_set_uid
function setCookie(r: Request, plan: UserId): void {
  const user = userOf(r, plan);
  const set = identify(r, plan, user);
  if (!set) return;
  const { name, mark, domain, path, flags, p3p } = plan;
  const text = user.got && !user.wasReset ? user.cookie.slice(0, 22) : set.toString('base64').slice(0, 22);
  const parts = [`${name}=${text}${mark === '' ? '=' : mark}=`, ...expiry(plan)];
  if (domain !== '') parts.push(`domain=${domain}`);
  const wanted = flags.flat();
  parts.push(`path=${path}`, ...attributes.filter((one) => wanted.includes(one)));
  r.headersOut.list.push('Set-Cookie', parts.join('; '));
  if (p3p !== '') r.headersOut.list.push('P3P', p3p);
}

function expiry({ expires, host }: UserId): readonly string[] {
  if (expires === 0) return [];
  const time = expires === 'max' ? 'Thu, 31-Dec-37 23:55:55 GMT' : cookieTime(Math.floor(host.clock.now() / 1000) + expires);
  return [`expires=${time}`];
}

function shown({ name }: UserId, bytes: Buffer): string {
  return `${name}=${digits(bytes)}`;
}

/** As four numbers in this machine's order of bytes. */
function digits(bytes: Buffer): string {
  return [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at).toString(16).toUpperCase().padStart(8, '0')).join('');
}
