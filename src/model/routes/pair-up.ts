/** Two lists side by side: what is in both, and what in one only. */
export interface Paired<T> {
  readonly both: readonly (readonly [old: T, next: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs what has an equal key, by the first key function, then what is left by the next one. */
export function pairUp<T>(before: readonly T[], after: readonly T[], keys: readonly ((one: T) => string)[]): Paired<T> {
  const both: (readonly [T, T])[] = [];
  let removed = [...before];
  let added = [...after];
  for (const keyOf of keys) {
    const waiting = new Map<string, T[]>();
    for (const one of removed) waiting.set(keyOf(one), [...(waiting.get(keyOf(one)) ?? []), one]);
    added = added.filter((next) => {
      const old = waiting.get(keyOf(next))?.shift();
      if (old !== undefined) both.push([old, next]);
      return old === undefined;
    });
    removed = [...waiting.values()].flat();
  }
  return { both, removed, added };
}
