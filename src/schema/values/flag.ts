import type { Reading } from '../directive.ts';

/** Reads `on` or `off`, in any case (ngx_conf_set_flag_slot). */
export function readFlag([word = '']: readonly string[], at: Reading): boolean | undefined {
  const lower = word.toLowerCase();
  if (lower === 'on') return true;
  if (lower === 'off') return false;
  return at.fail(`invalid value "${word}" in "${at.name}" directive, it must be "on" or "off"`, 0);
}
