import type { Reading } from '../directive.ts';

const shifts: Readonly<Record<string, number>> = { user: 6, group: 3, all: 0 };

/** Reads `user:rw group:r all:r` as permission bits; a user who is not named may read and write (ngx_conf_set_access_slot). */
export function readAccess(words: readonly string[], at: Reading): number | undefined {
  let access = words.some((word) => word.startsWith('user:')) ? 0 : 0o600;
  for (const [index, word] of words.entries()) {
    const [, who = '', may] = /^(user|group|all):(rw|r)$/.exec(word) ?? [];
    const shift = shifts[who];
    if (shift === undefined) return at.fail(`invalid value "${word}"`, index);
    access |= (may === 'rw' ? 6 : 4) << shift;
  }
  return access;
}
