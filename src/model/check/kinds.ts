import type { ValueKind } from '../../schema/values/kind.ts';
import { parseOffset, parseSize } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import { mimeTypes } from './http-core.ts';
import { access, bind, cacheValid, param } from './http-modules.ts';
import type { Setter } from './run.ts';
import {
  buffers,
  complexSize,
  complexValue,
  flag,
  keyval,
  measured,
  number,
  oneOf,
  path,
  predicates,
  someOf,
  text,
} from './slots.ts';

/** The setter for a kind of value that needs no knowledge of the directive. */
export function slotFor(value: ValueKind | undefined): Setter | undefined {
  if (!value) return undefined;
  switch (value.kind) {
    case 'flag':
      return (call) => flag(call);
    case 'number':
      return (call) => number(call, value);
    case 'size':
      return value.variables ? complexSize : (call) => measured(call, parseSize);
    case 'offset':
      return (call) => measured(call, parseOffset);
    case 'time':
      return (call) => measured(call, (word) => parseTime(word, value.unit));
    case 'enum':
      return (call) => oneOf(call, value.values ?? []);
    case 'bitmask':
      return (call) => someOf(call, value.values ?? []);
    case 'bufs':
      return buffers;
    case 'string':
      return text;
    case 'complex':
      return complexValue;
    case 'predicates':
      return predicates;
    case 'cache-valid':
      return cacheValid;
    case 'access':
      return access;
    case 'bind':
      return bind;
    case 'param':
      return param;
    case 'mime-types':
      return mimeTypes;
    case 'ignored':
      return () => {};
    case 'keyval':
      return keyval;
    case 'path':
      return value.levels ? path : text;
    default:
      return undefined;
  }
}
