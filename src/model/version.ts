/** True when `version` is `release` or newer; missing parts count as the newest of their branch (`1.28` is 1.28.last). */
export function isSince(version: string, release: string): boolean {
  const given = version.split('.');
  for (const [index, part] of release.split('.').entries()) {
    const mine = given[index];
    if (mine === undefined) return true;
    if (Number(mine) !== Number(part)) return Number(mine) > Number(part);
  }
  return true;
}
