import { isAtLeast } from '../schema/version.ts';
import { type LintOptions, releasesOf } from './options.ts';

/** The stable and the mainline release that have a hole closed. */
export interface FixedIn {
  readonly stable: string;
  readonly mainline: string;
}

/**
 * Whether a hole is open in the releases meant: `yes` when one of them is known to have it, `maybe` when no release is
 * given and such that have it are in use, `no`.
 */
export function isOpen({ stable, mainline }: FixedIn, options: LintOptions): 'yes' | 'maybe' | 'no' {
  const { oldest } = releasesOf(options);
  const [, branch = ''] = /^(\d+\.\d+)/.exec(stable) ?? [];
  const closed = isAtLeast(oldest, mainline) || (isAtLeast(oldest, stable) && oldest.startsWith(`${branch}.`));
  if (closed) return 'no';
  return options.nginxVersion === undefined ? 'maybe' : 'yes';
}
