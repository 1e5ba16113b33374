import type { Reading } from '../directive.ts';
import { parseNumber } from './number.ts';

const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2 };
const unitsOfOffsets: Readonly<Record<string, number>> = { ...units, g: 1024 ** 3 };

/** `8k`, `1M`, `100`, in bytes; undefined when it is none (ngx_parse_size). */
export function parseSize(text: string): number | undefined {
  return scaled(text, units);
}

/** As a size, with `g` too (ngx_parse_offset). */
export function parseOffset(text: string): number | undefined {
  return scaled(text, unitsOfOffsets);
}

/** Reads a size (ngx_conf_set_size_slot). */
export function readSize([word = '']: readonly string[], at: Reading): number | undefined {
  return parseSize(word) ?? at.fail(`"${at.name}" directive invalid value`, 0);
}

/** Reads an offset (ngx_conf_set_off_slot). */
export function readOffset([word = '']: readonly string[], at: Reading): number | undefined {
  return parseOffset(word) ?? at.fail(`"${at.name}" directive invalid value`, 0);
}

/** A number of buffers and their size, as in `8 4k` (ngx_conf_set_bufs_slot). */
export interface Buffers {
  readonly count: number;
  readonly size: number;
}

/** Reads buffers. */
export function readBuffers([first = '', second = '']: readonly string[], at: Reading): Buffers | undefined {
  const [count, size] = [parseNumber(first), parseSize(second)];
  if (!count || !size) return at.fail(`"${at.name}" directive invalid value`, count ? 1 : 0);
  return { count, size };
}

function scaled(text: string, by: Readonly<Record<string, number>>): number | undefined {
  const factor = by[text.slice(-1).toLowerCase()];
  const number = parseNumber(factor ? text.slice(0, -1) : text);
  return number === undefined ? undefined : number * (factor ?? 1);
}
