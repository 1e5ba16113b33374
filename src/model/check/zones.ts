import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseOffset } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import { parseZone, type ZoneSize } from '../../schema/values/zone.ts';
import { addPath } from './paths.ts';
import type { Call, Run } from './run.ts';
import { variablesIn } from './variables.ts';

/** A zone of shared memory (ngx_shm_zone_t). */
export interface Zone {
  readonly name: string;
  /** The module it belongs to. */
  readonly owner: string;
  size: number;
  /** What its defining directive has put into it; undefined while it is only used. */
  data: string | undefined;
  readonly directive: ConfigDirective;
}

function zonesOf(run: Run): Map<string, Zone> {
  return run.share('zones', () => new Map<string, Zone>());
}

/** The zones of a configuration, in the order in which they are first named. */
export function zones(run: Run): readonly Zone[] {
  return [...zonesOf(run).values()];
}

/** ngx_shared_memory_add; undefined (and said so) when it belongs to another module or has another size. */
export function addZone(call: Call, name: string, size: number, owner: string, arg?: number): Zone | undefined {
  const known = zonesOf(call.run).get(name);
  if (!known) {
    const zone: Zone = { name, owner, size, data: undefined, directive: call.directive };
    zonesOf(call.run).set(name, zone);
    return zone;
  }
  if (known.owner !== owner) {
    call.fail(say.zoneOfDifferentUse(name), arg, 'zone-conflict');
    return undefined;
  }
  if (known.size === 0) known.size = size;
  if (size && size !== known.size) {
    call.fail(say.zoneSizeConflict(size, name, known.size), arg, 'zone-conflict');
    return undefined;
  }
  return known;
}

const page = 4096;

/** `NAME:SIZE` after a parameter's `=`; undefined (and said so) when it is none. */
function nameAndSize(call: Call, word: string, prefix: number, arg: number, least: number): ZoneSize | undefined {
  const isKeys = word.startsWith('keys_zone=');
  const zone = parseZone(word.slice(prefix));
  if (!zone) {
    call.fail(isKeys ? say.invalidKeysZoneSize(word) : say.invalidZoneSize(word), arg);
    return undefined;
  }
  if (zone.size < least) {
    call.fail(isKeys ? say.keysZoneTooSmall(word) : say.zoneTooSmall(word), arg, 'zone-too-small');
    return undefined;
  }
  return zone;
}

/** ngx_http_limit_req_zone, ngx_http_limit_conn_zone, ngx_stream_limit_conn_zone */
export function limitZone(call: Call): void {
  const [key = '', ...words] = call.args;
  if (!variablesIn(call, key, 0)) return;
  let zone: ZoneSize | undefined;
  for (const [index, word] of words.entries()) {
    const arg = index + 1;
    if (word.startsWith('zone=')) {
      zone = nameAndSize(call, word, 5, arg, 8 * page);
      if (!zone) return;
    } else if (call.name === 'limit_req_zone' && word.startsWith('rate=')) {
      if (!parseNumber(word.slice(5).replace(/r\/[sm]$/, ''))) return call.fail(say.invalidOption('rate', word), arg);
    } else if (!(word === 'sync' && call.run.target.flavor === 'plus')) return call.fail(say.invalidParameter(word), arg);
  }
  if (!zone?.name) return call.fail(say.mustHaveParameter(call.name, 'zone'));
  const shared = addZone(call, zone.name, zone.size, call.entry.module.name);
  if (!shared) return;
  if (shared.data !== undefined)
    return call.fail(say.alreadyBound(call.name, zone.name, shared.data), undefined, 'zone-conflict');
  shared.data = key;
}

/** ngx_http_limit_req */
export function limitReq(call: Call): void {
  let zone: Zone | undefined;
  for (const [index, word] of call.args.entries()) {
    const [, name = '', value = ''] = /^(burst|delay)=(.*)$/s.exec(word) ?? [];
    if (word.startsWith('zone=')) {
      zone = addZone(call, word.slice(5), 0, call.entry.module.name, index);
      if (!zone) return;
    } else if (name) {
      if (!parseNumber(value)) return call.fail(say.invalidOption(`${name} value`, word), index);
    } else if (word !== 'nodelay') return call.fail(say.invalidParameter(word), index);
  }
  if (!zone) return call.fail(say.mustHaveParameter(call.name, 'zone'));
  limitedBy(call, zone);
}

/** ngx_http_limit_conn */
export function limitConn(call: Call): void {
  const zone = addZone(call, call.arg(0), 0, call.entry.module.name, 0);
  if (!zone || !limitedBy(call, zone)) return;
  const most = parseNumber(call.arg(1));
  if (!most) return call.fail(say.invalidNumberOfConnections(call.arg(1)), 1);
  if (most > 65535) call.fail(say.connectionLimit, 1);
}

function limitedBy(call: Call, zone: Zone): boolean {
  const known = call.frame.own<Zone[]>(call.name) ?? [];
  if (known.includes(zone)) {
    call.duplicate();
    return false;
  }
  call.frame.fields.set(call.name, [...known, zone]);
  return true;
}

const ofCachePath: Readonly<Record<string, (value: string) => boolean>> = {
  inactive: (value) => parseTime(value, 's') !== undefined,
  max_size: (value) => parseOffset(value) !== undefined,
  min_free: (value) => parseOffset(value) !== undefined,
  loader_files: (value) => parseNumber(value) !== undefined,
  loader_sleep: (value) => parseTime(value) !== undefined,
  loader_threshold: (value) => parseTime(value) !== undefined,
  manager_files: (value) => parseNumber(value) !== undefined,
  manager_sleep: (value) => parseTime(value) !== undefined,
  manager_threshold: (value) => parseTime(value) !== undefined,
};

/** ngx_http_file_cache_set_slot */
export function cachePath(call: Call): void {
  let zone: ZoneSize | undefined;
  let levels = '';
  for (const [index, word] of call.args.slice(1).entries()) {
    const [, name = '', value = ''] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
    const error = name === 'keys_zone' ? undefined : cachePathError(word, name, value);
    if (error !== undefined) return call.fail(error, index + 1);
    if (name === 'levels') levels = value;
    if (name !== 'keys_zone') continue;
    zone = nameAndSize(call, word, 10, index + 1, 2 * page);
    if (!zone) return;
  }
  if (!zone?.name || zone.size === 0) return call.fail(say.mustHaveParameter(call.name, 'keys_zone'));
  if (!addPath(call, call.arg(0).replace(/\/$/, ''), levels)) return;
  const shared = addZone(call, zone.name, zone.size, call.entry.module.name);
  if (shared?.data !== undefined) return call.fail(say.duplicateZone(zone.name), undefined, 'zone-conflict');
  if (shared) shared.data = call.arg(0);
}

function cachePathError(word: string, name: string, value: string): string | undefined {
  if (name === 'levels') return /^([12](:[12]){0,2})?$/.test(value) ? undefined : say.invalidLevels(word);
  if (name === 'use_temp_path') return value === 'on' || value === 'off' ? undefined : say.invalidUseTempPath(word);
  const isGood = Object.hasOwn(ofCachePath, name) ? ofCachePath[name] : undefined;
  if (!isGood) return say.invalidParameter(word);
  return isGood(value) ? undefined : say.invalidOption(`${name} value`, word);
}
