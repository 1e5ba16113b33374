/** A piece of a range of IPv4 addresses: the lower 16 bits. */
interface Piece {
  start: number;
  end: number;
  value: string;
}

/** Ranges as nginx keeps them: for each upper half of an address its pieces, sorted. */
export type Ranges = Map<number, Piece[]>;

interface NewRange {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** What nginx says of a piece: an overlap with these addresses, or a duplicate with this old value. */
export interface RangeFinding {
  readonly kind: 'overlap' | 'duplicate';
  readonly words: string;
}

/** ngx_http_geo_add_range */
export function addRange(ranges: Ranges, { start, end, value }: NewRange): RangeFinding[] {
  const found: RangeFinding[] = [];
  for (const [half, from, to] of halves(start, end)) {
    const pieces = ranges.get(half) ?? [];
    ranges.set(half, pieces);
    const finding = addPiece(pieces, half, { start: from, end: to, value });
    if (finding) found.push(finding);
    if (finding?.kind === 'overlap') break;
  }
  return found;
}

function addPiece(pieces: Piece[], half: number, piece: Piece): RangeFinding | undefined {
  const at = pieces.findLastIndex(({ start }) => start <= piece.end);
  const other = pieces[at];
  if (!other || piece.start > other.end) {
    pieces.splice(at + 1, 0, piece);
    return undefined;
  }
  if (piece.start === other.start && piece.end === other.end) {
    const words = other.value;
    other.value = piece.value;
    return { kind: 'duplicate', words };
  }
  if (piece.start < other.start || piece.end > other.end) return { kind: 'overlap', words: addresses(half, other) };
  const around: Piece[] = [piece];
  if (piece.start > other.start) around.unshift({ ...other, end: piece.start - 1 });
  if (piece.end < other.end) around.push({ ...other, start: piece.end + 1 });
  pieces.splice(at, 1, ...around);
  return undefined;
}

/** ngx_http_geo_delete_range; false when a piece of it is not there. */
export function deleteRange(ranges: Ranges, start: number, end: number): boolean {
  let isThere = true;
  for (const [half, from, to] of halves(start, end)) {
    const pieces = ranges.get(half) ?? [];
    const at = pieces.findIndex((piece) => piece.start === from && piece.end === to);
    if (at < 0) isThere = false;
    else pieces.splice(at, 1);
  }
  return isThere;
}

/** The range cut where the upper 16 bits change. */
function* halves(start: number, end: number): Generator<readonly [half: number, from: number, to: number]> {
  const [first, last] = [Math.floor(start / 65536), Math.floor(end / 65536)];
  for (let half = first; half <= last; half++) {
    yield [half, half === first ? start % 65536 : 0, half === last ? end % 65536 : 65535];
  }
}

function addresses(half: number, { start, end }: Piece): string {
  const written = (low: number): string => [half >> 8, half & 255, low >> 8, low & 255].join('.');
  return `${written(start)}-${written(end)}`;
}
