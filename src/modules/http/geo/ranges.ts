import { inetAddress } from '../../../schema/values/grammar/cidr.ts';
import { type IpAddress, noAddress } from '../../../schema/values/ip-address.ts';

/** The first and the last address of a range. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Piece extends Range {
  readonly value: string;
}

/** nginx keeps the ranges of each /16 apart: where one ends there, another may follow. */
const blockSize = 0x10000;

/** Reads `10.0.0.0-10.0.255.255`; undefined when it is none (ngx_http_geo_range). */
export function readRange(text: string): Range | undefined {
  const dash = text.indexOf('-');
  const start = dash < 0 ? undefined : inetAddress(text.slice(0, dash));
  const end = dash < 0 ? undefined : inetAddress(text.slice(dash + 1));
  if (start === undefined || end === undefined || start === noAddress || end === noAddress || start > end) return undefined;
  return { start, end };
}

/** Values by range. A later range may lie in an earlier one, and takes its part of it. */
export class Ranges {
  otherwise: string | undefined = undefined;
  /** In order, and apart from each other. */
  private readonly blocks = new Map<number, Piece[]>();

  /** Adds a range; returns what it overlaps, which nginx refuses (ngx_http_geo_add_range). */
  add(range: Range, value: string): Range | undefined {
    for (const part of partsOf(range)) {
      const pieces = this.blocks.get(blockOf(part)) ?? [];
      this.blocks.set(blockOf(part), pieces);
      const at = firstEndingFrom(pieces, part.start);
      const over = pieces[at];
      if (!over || part.end < over.start) {
        pieces.splice(at, 0, { ...part, value });
        continue;
      }
      if (part.start < over.start || part.end > over.end) return over;
      pieces.splice(at, 1, ...around(over, { ...part, value }));
    }
    return undefined;
  }

  /** Takes a range away that was added so; false when a part of it was not (ngx_http_geo_delete_range). */
  delete(range: Range): boolean {
    let complete = true;
    for (const part of partsOf(range)) {
      const pieces = this.blocks.get(blockOf(part)) ?? [];
      const at = firstEndingFrom(pieces, part.start);
      const found = pieces[at];
      if (found?.start === part.start && found.end === part.end) pieces.splice(at, 1);
      else complete = false;
    }
    return complete;
  }

  // ngx_http_geo_range_variable
  find(address: IpAddress | undefined): string {
    const number = address?.v4 ?? noAddress;
    const pieces = this.blocks.get(Math.floor(number / blockSize)) ?? [];
    const piece = pieces[firstEndingFrom(pieces, number)];
    return (piece && piece.start <= number ? piece.value : this.otherwise) ?? '';
  }
}

/** The index of the first piece that does not end before an address. */
function firstEndingFrom(pieces: readonly Piece[], address: number): number {
  let low = 0;
  let high = pieces.length;
  // Long lists come sorted.
  if (high === 0 || (pieces[high - 1] as Piece).end < address) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).end < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

function blockOf({ start }: Range): number {
  return Math.floor(start / blockSize);
}

/** The parts of a range in each /16. */
function* partsOf({ start, end }: Range): Generator<Range> {
  for (let at = start; at <= end; ) {
    const last = Math.min(end, at - (at % blockSize) + blockSize - 1);
    yield { start: at, end: last };
    at = last + 1;
  }
}

/** A piece with another one put into it. */
function around(outer: Piece, inner: Piece): Piece[] {
  const pieces = [inner];
  if (outer.start < inner.start) pieces.unshift({ ...outer, end: inner.start - 1 });
  if (inner.end < outer.end) pieces.push({ ...outer, start: inner.end + 1 });
  return pieces;
}
