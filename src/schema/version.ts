/** What rules assume when nobody names a version: the newest stable nginx. */
export const newestStable = '1.30.0';

/** True for `1.28` and `1.28.1`: what `compareVersions` can read. */
export function isVersion(text: string): boolean {
  return /^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(text);
}

/** Negative when `a` is older than `b`, 0 when they are the same; a missing third number counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` is `since` or newer. */
export function isAtLeast(version: string, since: string): boolean {
  return compareVersions(version, since) >= 0;
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
