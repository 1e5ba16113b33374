/** A name that resembles another, and by how much. */
export interface Similar {
  readonly name: string;
  readonly distance: number;
}

/** Names that differ from `name` by a slip of the finger; short names must match more closely. */
export function similarTo(name: string, candidates: Iterable<string>): readonly Similar[] {
  const most = name.length < 4 ? 0 : name.length < 6 ? 1 : 2;
  const found: Similar[] = [];
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > most) continue;
    const distance = editDistance(name, candidate);
    if (distance <= most) found.push({ name: candidate, distance });
  }
  return found;
}

/** The most similar ones; several when they are equally near. */
export function nearest(similar: readonly Similar[]): readonly string[] {
  const least = Math.min(...similar.map(({ distance }) => distance));
  return similar.filter(({ distance }) => distance === least).map(({ name }) => name);
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b` (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(at(last, column) + 1, at(line, column - 1) + 1, replaced);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, at(beforeLast, column - 2) + 1);
      }
      line.push(least);
    }
    beforeLast = last;
    last = line;
  }
  return at(last, b.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Infinity;
}
