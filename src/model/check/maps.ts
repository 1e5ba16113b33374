import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { inetAddress, parseCidr } from '../../schema/values/grammar/cidr.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { buildHash } from './hash-tables.ts';
import { type NameKeys, newNameKeys, takeName } from './name-keys.ts';
import { regex } from './regex.ts';
import type { Call, Place } from './run.ts';
import { addVariable, useVariable, variablesIn } from './variables.ts';

const rule = 'map-geo-invalid';

/** `$name`, which this block defines; false (and said so) when nginx does not take it. */
function definesVariable(call: Call, arg: number): boolean {
  const name = call.arg(arg);
  if (!name.startsWith('$')) {
    call.fail(say.invalidVariable(name), arg, rule);
    return false;
  }
  return addVariable(call, name.slice(1), arg);
}

/** ngx_http_map_block, ngx_stream_map_block */
export function map(call: Call): void {
  for (const [field, value] of [
    ['map_hash_max_size', 2048],
    ['map_hash_bucket_size', 64],
  ] as const) {
    if (!call.frame.fields.has(field)) call.frame.fields.set(field, value);
  }
  if (!variablesIn(call, call.arg(0), 0) || !definesVariable(call, 1)) return;
  const state: MapState = { hostnames: false, hasDefault: false, keys: newNameKeys() };
  call.lines((words, at) => mapLine(call, state, words, { directive: at, rule }));
  const table = {
    name: 'map_hash',
    maxSize: call.frame.own<number>('map_hash_max_size') ?? 2048,
    bucketSize: call.frame.own<number>('map_hash_bucket_size') ?? 64,
  };
  buildHash(call.run, state.keys.names, table, { directive: call.directive, rule: 'hash-bucket-too-small' });
}

interface MapState {
  hostnames: boolean;
  hasDefault: boolean;
  readonly keys: NameKeys;
}

function mapLine(call: Call, state: MapState, words: readonly string[], place: Place): void {
  const [key = '', value = ''] = words;
  if (words.length === 1 && key === 'hostnames') {
    state.hostnames = true;
    return;
  }
  if (words.length === 1 && key === 'volatile') return;
  if (words.length !== 2) return call.run.log('emerg', say.invalidNumberOfParameters('map'), place);
  if (key === 'include') return;
  if (!variablesIn(call, value, undefined, place.directive)) return;
  if (key === 'default') {
    if (state.hasDefault) call.run.log('emerg', say.duplicateDefaultMapParameter, place);
    state.hasDefault = true;
    return;
  }
  if (key.startsWith('~')) {
    regex(call, key.slice(key.startsWith('~*') ? 2 : 1), undefined, 'defines', place.directive);
    return;
  }
  const name = (key.startsWith('\\') ? key.slice(1) : key).toLowerCase();
  const taken = takeName(state.keys, name, state.hostnames);
  if (taken === 'invalid') call.run.log('emerg', say.invalidHostnameOrWildcard(name), place);
  if (taken === 'taken') call.run.log('emerg', say.conflictingParameter(name), place);
}

/** ngx_http_geo_block, ngx_stream_geo_block */
export function geo(call: Call): void {
  if (!call.arg(0).startsWith('$')) return call.fail(say.invalidVariable(call.arg(0)), 0, rule);
  if (call.args.length === 2) useVariable(call, call.arg(0).slice(1), 0);
  if (!definesVariable(call, call.args.length - 1)) return;
  const state: GeoState = { ranges: false, hasTree: false, values: new Map(), list: [] };
  call.lines((words, at) => geoLine(call, state, words, at));
}

interface Range {
  start: number;
  end: number;
  value: string;
}

interface GeoState {
  ranges: boolean;
  hasTree: boolean;
  readonly values: Map<string, string>;
  list: Range[];
}

function geoLine(call: Call, state: GeoState, words: readonly string[], at: ConfigDirective): void {
  const [first = '', second = ''] = words;
  const place: Place = { directive: at, rule };
  if (words.length === 1 && first === 'ranges') {
    if (state.hasTree) return call.run.log('emerg', say.rangesMustBeFirst, place);
    state.ranges = true;
    return;
  }
  if (words.length === 1 && first === 'proxy_recursive' && call.entry.module.name.includes('http')) return;
  if (words.length !== 2) return call.run.log('emerg', say.invalidNumberOfParameters('geo'), place);
  if (first === 'include') return;
  if (first === 'proxy' && call.entry.module.name.includes('http')) {
    network(call, second, place);
    return;
  }
  if (state.ranges) return rangeLine(call, state, first, second, place);
  state.hasTree = true;
  cidrLine(call, state, first, second, place);
}

/** ngx_http_geo_cidr_value */
function network(call: Call, text: string, place: Place): string | undefined {
  if (text === '255.255.255.255') return '4 4294967295/32';
  const cidr = parseCidr(text);
  if (!cidr) {
    call.run.log('emerg', say.invalidNetwork(text), place);
    return undefined;
  }
  if (cidr.hasHostBits) call.run.log('warn', say.lowBitsMeaningless(text), place);
  return cidr.family === 4 ? `4 ${cidr.address}/${cidr.bits}` : `6 ${cidr.key}`;
}

/** ngx_http_geo_cidr */
function cidrLine(call: Call, { values }: GeoState, first: string, second: string, place: Place): void {
  if (first === 'default') {
    for (const key of ['4 0/0', '6 /0']) addNetwork(call, values, key, second, 'default', place);
    return;
  }
  const isDelete = first === 'delete';
  const text = isDelete ? second : first;
  const key = network(call, text, place);
  if (key === undefined) return;
  if (!isDelete) return addNetwork(call, values, key, second, text, place);
  if (!values.delete(key)) call.run.log('warn', say.noNetworkToDelete(text), place);
}

function addNetwork(call: Call, values: Map<string, string>, key: string, value: string, text: string, place: Place): void {
  const old = values.get(key);
  if (old !== undefined) call.run.log('warn', say.duplicateNetwork(text, value, old), place);
  values.set(key, value);
}

/** ngx_http_geo_range */
function rangeLine(call: Call, state: GeoState, first: string, second: string, place: Place): void {
  if (first === 'default') {
    const old = state.values.get('default');
    if (old !== undefined) call.run.log('warn', say.duplicateDefaultRange(second, old), place);
    state.values.set('default', second);
    return;
  }
  const isDelete = first === 'delete';
  const text = isDelete ? second : first;
  const dash = text.indexOf('-');
  const start = dash < 0 ? undefined : inetAddress(text.slice(0, dash));
  const end = dash < 0 ? undefined : inetAddress(text.slice(dash + 1));
  const none = 0xffffffff;
  if (start === undefined || end === undefined || start === none || end === none || start > end) {
    return call.run.log('emerg', say.invalidRange(text), place);
  }
  if (isDelete) {
    const known = state.list.length;
    state.list = state.list.filter((range) => range.start !== start || range.end !== end);
    if (state.list.length === known) call.run.log('warn', say.noRangeToDelete(text), place);
    return;
  }
  addRange(call, state, { start, end, value: second }, text, place);
}

/** ngx_http_geo_add_range */
function addRange(call: Call, { list }: GeoState, range: Range, text: string, place: Place): void {
  const same = list.find(({ start, end }) => start === range.start && end === range.end);
  if (same) {
    call.run.log('warn', say.duplicateRange(text, range.value, same.value), place);
    same.value = range.value;
    return;
  }
  const overlaps = list.find((other) => other.start <= range.end && range.start <= other.end && !nests(other, range));
  if (overlaps) return call.run.log('emerg', say.rangeOverlaps(text), place);
  list.push(range);
}

function nests(a: Range, b: Range): boolean {
  return (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
}

/** ngx_conf_split_clients_block */
export function splitClients(call: Call): void {
  if (!variablesIn(call, call.arg(0), 0) || !definesVariable(call, 1)) return;
  const parts: number[] = [];
  call.lines((words, at) => {
    const part = percentOf(words[0] ?? '');
    if (part === undefined)
      call.run.log('emerg', say.invalidPercent(words[0] ?? ''), { directive: at, rule: 'split-clients-invalid' });
    else parts.push(part);
  });
  let sum = 0;
  for (const part of parts) {
    sum = part ? sum + part : 10000;
    if (sum > 10000) return call.fail(say.percentTotal, undefined, 'split-clients-invalid');
  }
}

/** Hundredths of a percent; 0 for `*` (ngx_atofp with two digits). */
function percentOf(text: string): number | undefined {
  if (text === '*') return 0;
  const [, whole = '', fraction = ''] = /^(\d*)(?:\.(\d{0,2}))?%$/.exec(text) ?? [];
  const number = parseNumber(whole + fraction.padEnd(2, '0'));
  return whole + fraction === '' && !text.includes('.') ? undefined : number || undefined;
}

/** ngx_http_charset_map_block */
export function charsetMap(call: Call): void {
  if (call.arg(0) === call.arg(1)) return call.fail(say.charsetMapBetweenSame(call.arg(0), call.arg(1)), undefined, rule);
  if (call.since('1.31.3') && call.arg(0).toLowerCase() === 'utf-8') return call.fail(say.utf8InSecondColumn, 0, rule);
  const maps = call.run.share('charset maps', () => new Set<string>());
  const key = `${call.arg(0).toLowerCase()} ${call.arg(1).toLowerCase()}`;
  if (maps.has(key)) return call.fail(say.duplicateCharsetMap(call.arg(0), call.arg(1)), undefined, 'duplicate-directive');
  maps.add(key);
  const toUtf8 = call.arg(1).toLowerCase() === 'utf-8';
  call.lines((words, at) => charsetLine(call, words, toUtf8, { directive: at, rule }));
}

/** ngx_http_charset_map */
function charsetLine(call: Call, words: readonly string[], toUtf8: boolean, place: Place): void {
  if (words.length !== 2) return call.run.log('emerg', say.invalidParametersNumber, place);
  const [from = '', to = ''] = words;
  const bad = (text: string, most: number): boolean =>
    !/^[0-9a-f]+$/i.test(text) || text.length > most * 2 || (most === 1 && Number.parseInt(text, 16) > 255);
  if (bad(from, 1)) return call.run.log('emerg', say.invalidValue(from), place);
  if (toUtf8 ? to.length > 8 || to.length % 2 !== 0 || bad(to, 4) : bad(to, 1))
    call.run.log('emerg', say.invalidValue(to), place);
}
