import * as say from '../../diagnostics/nginx-messages.ts';
import { parseSize } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import type { Call } from './run.ts';
import { useVariable, variablesIn } from './variables.ts';
import { addZone } from './zones.ts';

/** ngx_http_upstream_sticky */
export function sticky(call: Call): void {
  if (!call.set(call.args)) return;
  call.frame.fields.set('balancing method', call.frame.own('balancing method') ?? call.name);
  const [kind = ''] = call.args;
  if (kind === 'cookie') return cookie(call);
  if (kind === 'route') return route(call);
  if (kind === 'learn') return learn(call);
  call.fail(say.unknownParameter(kind), 0, 'sticky-unavailable');
}

/** The parameter's name and value. */
function split(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** ngx_http_upstream_sticky_cookie */
function cookie(call: Call): void {
  const [, name = '', ...words] = call.args;
  if (name === '') return call.refuse('empty cookie name', 1);
  const seen = new Set<string>();
  for (const [index, word] of words.entries()) {
    const arg = index + 2;
    const [key, value] = split(word);
    const isKnown = value === undefined ? cookieFlags.includes(key) : cookieValues.includes(key);
    if (!isKnown) return call.fail(say.unknownParameter(word), arg);
    if (seen.has(key)) return call.refuse(`parameter "${key}" is duplicate`, arg);
    seen.add(key);
    const error = cookieError(key, value ?? '');
    if ((key === 'domain' || key === 'samesite') && !variablesIn(call, value ?? '', arg)) return;
    if (error !== undefined) return call.refuse(error, arg);
  }
  useVariable(call, `cookie_${name}`, 1);
}

const cookieFlags = ['httponly', 'secure'];
const cookieValues = ['domain', 'path', 'expires', 'samesite'];

function cookieError(key: string, value: string): string | undefined {
  if (key === 'domain' || key === 'path') return value === '' ? `no value for "${key}"` : undefined;
  if (key === 'expires')
    return value === 'max' || parseTime(value, 's') !== undefined ? undefined : 'invalid "expires" parameter value';
  const isGood = key !== 'samesite' || value.includes('$') || /^(strict|lax|none)$/i.test(value);
  return isGood ? undefined : 'invalid "samesite" parameter value';
}

function route(call: Call): void {
  for (const [index, word] of call.args.slice(1).entries()) {
    if (!word.startsWith('$')) return call.fail(say.invalidVariable(word), index + 1);
    useVariable(call, word.slice(1), index + 1);
  }
}

interface Learning {
  zone?: string;
  size?: number;
  timeout?: number;
  readonly given: Set<string>;
}

/** ngx_http_upstream_sticky_learn */
function learn(call: Call): void {
  const state: Learning = { given: new Set() };
  for (const [index, word] of call.args.slice(1).entries()) {
    const error = learnt(call, word, index + 1, state);
    if (error !== undefined) return call.refuse(error, index + 1);
    if (state.given.has('unknown')) return call.fail(say.unknownParameter(word), index + 1);
  }
  for (const needed of ['lookup', 'create', 'zone']) {
    if (!state.given.has(needed)) return call.refuse(`"${needed}" parameter is not specified`);
  }
  const zone = addZone(call, state.zone ?? '', state.size ?? 0, call.entry.module.name);
  if (!zone) return;
  const upstream = call.frame.directive?.args[0] ?? '';
  if (zone.data !== undefined) return call.fail(say.stickyZoneInUse(zone.name, zone.data), undefined, 'zone-conflict');
  zone.data = upstream;
}

function learnt(call: Call, word: string, arg: number, state: Learning): string | undefined {
  const [key, value = ''] = split(word);
  const { given } = state;
  if (key === 'zone') {
    if (given.has('zone')) return 'duplicate zone';
    const colon = value.indexOf(':');
    if (colon < 0) return 'zone size is not specified';
    if (colon === 0) return 'zone name is not specified';
    const size = parseSize(value.slice(colon + 1));
    if (size === undefined) return 'invalid zone size';
    if (size < 8 * 4096) return 'zone is too small';
    Object.assign(state, { zone: value.slice(0, colon), size });
  } else if (key === 'timeout') {
    if (given.has('timeout')) return 'duplicate timeout';
    if (!parseTime(value)) return 'invalid timeout';
  } else if (key === 'create' || key === 'lookup') {
    if (!value.startsWith('$')) return `missing variable in the "${key}" parameter`;
    useVariable(call, value.slice(1), arg);
  } else if (word !== 'header') {
    given.add('unknown');
    return undefined;
  }
  given.add(key);
  return undefined;
}
