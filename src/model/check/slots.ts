import * as say from '../../diagnostics/nginx-messages.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import { likely } from './likely.ts';
import { addPath } from './paths.ts';
import type { Call } from './run.ts';
import { variablesIn } from './variables.ts';

/** ngx_conf_set_flag_slot */
export function flag(call: Call, field = call.name): void {
  const word = call.arg(0);
  const lower = word.toLowerCase();
  if (call.frame.fields.has(field)) return call.duplicate();
  if (lower !== 'on' && lower !== 'off') return call.fail(say.notOnOrOff(word, call.name), 0);
  call.set(lower === 'on', field);
}

/** ngx_conf_set_num_slot, with ngx_conf_check_num_bounds */
export function number(call: Call, bounds: { min?: number; max?: number } = {}): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const value = parseNumber(call.arg(0));
  if (value === undefined) return call.refuse('invalid number', 0);
  call.set(value);
  const { min, max } = bounds;
  if (min !== undefined && max === undefined && value < min) return call.fail(say.lessThan(min), 0);
  if (min !== undefined && max !== undefined && (value < min || value > max)) call.fail(say.notBetween(min, max), 0);
}

/** ngx_conf_set_size_slot, ngx_conf_set_off_slot, ngx_conf_set_msec_slot, ngx_conf_set_sec_slot */
export function measured(call: Call, parse: (text: string) => number | undefined): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const value = parse(call.arg(0));
  if (value === undefined) return call.refuse('invalid value', 0);
  call.set(value);
}

/** ngx_conf_set_str_slot */
export function text(call: Call): void {
  call.set(call.arg(0));
}

/** The likeliest of the words that would do, or all of them. */
function instead(word: string, values: readonly string[]): string {
  const guess = likely(word.toLowerCase(), values);
  return guess === undefined ? `write one of ${values.join(', ')}` : `did you mean "${guess}"?`;
}

/** ngx_conf_set_enum_slot */
export function oneOf(call: Call, values: readonly string[]): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const word = call.arg(0);
  const found = values.find((value) => value.toLowerCase() === word.toLowerCase());
  if (found === undefined) return call.log('emerg', say.invalidValue(word), { arg: 0, help: instead(word, values) });
  call.set(found);
}

/** ngx_conf_set_bitmask_slot */
export function someOf(call: Call, values: readonly string[]): void {
  const known = new Set<string>(call.frame.own<readonly string[]>(call.name) ?? []);
  for (const [index, word] of call.args.entries()) {
    const found = values.find((value) => value.toLowerCase() === word.toLowerCase());
    if (found === undefined) return call.log('emerg', say.invalidValue(word), { arg: index, help: instead(word, values) });
    if (known.has(found) || overlaps(known, found)) call.warn(say.duplicateValue(word), index);
    known.add(found);
  }
  call.frame.fields.set(call.name, [...known]);
}

/** `samesite=…` values share a bit, and the second one counts as written twice. */
function overlaps(known: ReadonlySet<string>, value: string): boolean {
  return value.startsWith('samesite=') && [...known].some((other) => other.startsWith('samesite='));
}

/** A number of buffers and the size of each. */
export interface Buffers {
  readonly count: number;
  readonly size: number;
}

/** ngx_conf_set_bufs_slot */
export function buffers(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const [count, size] = [parseNumber(call.arg(0)), parseSize(call.arg(1))];
  if (!count) return call.refuse('invalid value', 0);
  if (!size) return call.refuse('invalid value', 1);
  call.set({ count, size } satisfies Buffers);
}

/** ngx_http_set_complex_value_slot */
export function complexValue(call: Call): void {
  if (call.set(call.arg(0))) variablesIn(call, call.arg(0), 0);
}

/** ngx_http_set_complex_value_size_slot */
export function complexSize(call: Call): void {
  if (!call.set(call.arg(0))) return;
  if (!variablesIn(call, call.arg(0), 0)) return;
  if (!call.arg(0).includes('$') && parseSize(call.arg(0)) === undefined) call.refuse('invalid value', 0);
}

/** One more value of a directive that may repeat. */
export function add(call: Call, value: unknown): void {
  const known = call.frame.own<unknown[]>(call.name);
  if (known) known.push(value);
  else call.frame.fields.set(call.name, [value]);
}

/** ngx_conf_set_keyval_slot: the values are looked into when blocks are merged. */
export function keyval(call: Call): void {
  add(call, call);
}

/** ngx_http_set_predicate_slot */
export function predicates(call: Call): void {
  call.args.every((arg, index) => variablesIn(call, arg, index));
}

/** ngx_conf_set_path_slot */
export function path(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  call.set(call.arg(0));
  for (const [index, level] of call.args.slice(1).entries()) {
    if (!parseNumber(level)) return call.refuse('invalid value', index + 1);
  }
  const levels = call.args.slice(1).map(Number);
  if (levels.reduce((sum, level) => sum + level + 1, 0) > 10 + levels.length) return call.refuse('invalid value', 1);
  addPath(call, call.arg(0).replace(/(.)\/$/s, '$1'), call.args.slice(1).join(':'));
}
