import { parseSize } from './size.ts';

/** What `zone=NAME:SIZE` says of memory that is shared; the size in bytes. */
export interface ZoneSize {
  readonly name: string;
  readonly size: number;
}

/** Reads `NAME:SIZE`; undefined when there is no colon or no size (ngx_http_limit_req_zone and its like). */
export function parseZone(text: string): ZoneSize | undefined {
  const colon = text.indexOf(':');
  const size = colon < 0 ? undefined : parseSize(text.slice(colon + 1));
  return size === undefined ? undefined : { name: text.slice(0, colon), size };
}
