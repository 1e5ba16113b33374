import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { inetAddress, parseCidr } from '../../schema/values/grammar/cidr.ts';
import { definesVariable } from './defines.ts';
import { addRange, deleteRange, type Ranges } from './geo-ranges.ts';
import type { Call, Place } from './run.ts';
import { useVariable } from './variables.ts';

const rule = 'map-geo-invalid';

/** ngx_http_geo_block, ngx_stream_geo_block */
export function geo(call: Call): void {
  if (!call.arg(0).startsWith('$')) return call.fail(say.invalidVariable(call.arg(0)), 0, rule);
  if (call.args.length === 2) useVariable(call, call.arg(0).slice(1), 0);
  if (!definesVariable(call, call.args.length - 1)) return;
  const state: GeoState = { ranges: false, hasTree: false, values: new Map(), list: new Map() };
  call.lines((words, at) => geoLine(call, state, words, at));
}

interface GeoState {
  ranges: boolean;
  hasTree: boolean;
  readonly values: Map<string, string>;
  readonly list: Ranges;
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
  if (words.length === 1 && first === 'volatile' && call.since('1.29.3')) return;
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
    if (!deleteRange(state.list, start, end)) call.run.log('warn', say.noRangeToDelete(text), place);
    return;
  }
  for (const { kind, words } of addRange(state.list, { start, end, value: second })) {
    if (kind === 'overlap') return call.run.log('emerg', say.rangeOverlaps(text, words), place);
    call.run.log('warn', say.duplicateRange(text, second, words), place);
  }
}
