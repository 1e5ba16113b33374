/** What rules assume when nobody names a version: the newest stable nginx. */
export const newestStable = '1.30.0';

/** The newest nginx of all whose behaviour is known: what a process plays that is started in nginx's place. */
export const newestMainline = '1.31.5';

/** True for `1.28` and `1.28.1`: what `isAtLeast` can read. */
export function isVersion(text: string): boolean {
  return /^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(text);
}

/** True when `version` is `since` or newer; a branch (`1.28`) means its last release. */
export function isAtLeast(version: string, since: string): boolean {
  const key = `${version} ${since}`;
  let is = compared.get(key);
  if (is === undefined) compared.set(key, (is = compare(version, since)));
  return is;
}

const compared = new Map<string, boolean>();

function compare(version: string, since: string): boolean {
  const given = version.split('.').map(Number);
  for (const [index, wanted] of since.split('.').map(Number).entries()) {
    const mine = given[index] ?? Number.POSITIVE_INFINITY;
    if (mine !== wanted) return mine > wanted;
  }
  return true;
}
