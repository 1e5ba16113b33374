import { display } from '../../base/source-text.ts';
import type { Route } from './sites.ts';

/** A location as it is written: `location ~ \.php$`. */
export function printRoute({ at }: Route): string {
  return display(`location ${at.args.join(' ')}`);
}

/** A path as a request line has it: escaped where it must be. */
export function printPath(path: string): string {
  return path.replace(/[^!$&-;=@-Z_a-z~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
