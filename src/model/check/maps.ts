import * as say from '../../diagnostics/nginx-messages.ts';
import { parsePercent } from '../../schema/values/number.ts';
import { definesVariable } from './defines.ts';
import { buildHash } from './hash-tables.ts';
import { type NameKeys, newNameKeys, takeName } from './name-keys.ts';
import { regex } from './regex.ts';
import type { Call, Place } from './run.ts';
import { variablesIn } from './variables.ts';

const rule = 'map-geo-invalid';

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

/** ngx_conf_split_clients_block */
export function splitClients(call: Call): void {
  if (!variablesIn(call, call.arg(0), 0) || !definesVariable(call, 1)) return;
  const parts: number[] = [];
  call.lines((words, at) => {
    const part = parsePercent(words[0] ?? '');
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
