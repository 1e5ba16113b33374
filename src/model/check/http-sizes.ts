import * as say from '../../diagnostics/nginx-messages.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import type { Call } from './run.ts';
import { measured } from './slots.ts';
import { variablesIn } from './variables.ts';

/** ngx_http_core_lowat_check: Linux has no SO_SNDLOWAT that could be set. */
export function lowat(call: Call): void {
  measured(call, parseSize);
  if (call.frame.fields.has(call.name) && parseSize(call.arg(0)) !== undefined) call.warn(say.notSupportedIgnored(call.name));
}

/** Reads the size and gives it back when it was good. */
function sizeOf(call: Call): number | undefined {
  if (call.frame.fields.has(call.name)) {
    call.duplicate();
    return undefined;
  }
  measured(call, parseSize);
  return call.frame.own<number>(call.name);
}

/** ngx_http_v2_recv_buffer_size */
export function http2RecvBufferSize(call: Call): void {
  const size = sizeOf(call);
  if (size !== undefined && size < 32) call.refuse('value is too small', 0);
}

/** ngx_http_v2_preread_size */
export function http2PrereadSize(call: Call): void {
  const size = sizeOf(call);
  if (size !== undefined && size > 2 ** 31 - 1) call.fail(say.largestPreread(2 ** 31 - 1), 0);
}

/** ngx_http_v2_chunk_size */
export function http2ChunkSize(call: Call): void {
  if (sizeOf(call) === 0) call.fail(say.http2ChunkZero, 0);
}

/** ngx_http_v2_streams_index_mask */
export function http2StreamsIndexSize(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const size = parseNumber(call.arg(0));
  if (size === undefined) return call.refuse('invalid number', 0);
  call.set(size);
  if (size === 0 || Math.log2(size) % 1 !== 0) call.refuse('must be a power of two', 0);
}

/** ngx_http_v2_push, as long as nginx had it. */
export function http2Push(call: Call): void {
  const [uri = ''] = call.args;
  if (call.since('1.25.1')) return call.warn(say.obsolete(call.name), undefined, 'deprecated-http2-directives');
  const known = call.frame.own<string>(call.name);
  if (uri === 'off') {
    if (known === 'off') return call.duplicate();
    if (known !== undefined) return call.refuse('"off" parameter cannot be used with URI', 0);
    call.set('off');
    return;
  }
  if (known === 'off') return call.refuse('URI cannot be used with "off" parameter', 0);
  call.frame.fields.set(call.name, 'on');
  variablesIn(call, uri, 0);
}
