import { isVersion, newestStable } from '../../schema/version.ts';
import { modules } from '../modules.ts';
import { flavors, type Target } from './target.ts';

/** What people say about their nginx: `--nginx-version 1.22..1.28 --flavor plus --modules +check,-stream`. */
export interface TargetOptions {
  readonly nginxVersion?: string;
  readonly flavor?: string;
  readonly modules?: string;
}

/** Branches of nginx with a stable release. */
const stableBranches = ['1.18.0', '1.20.0', '1.22.0', '1.24.0', '1.26.0', '1.28.0', '1.30.0'];

/** The targets that options name, oldest first, or what is wrong with them. */
export function targetsOf({
  nginxVersion = newestStable,
  flavor = 'oss',
  modules = '',
}: TargetOptions): readonly Target[] | { readonly error: string } {
  const known = flavors.find((name) => name === flavor);
  if (!known) return { error: `unknown flavor "${flavor}", it must be one of ${flavors.join(', ')}` };
  const releases = releasesIn(nginxVersion);
  if (!releases) return { error: `invalid version "${nginxVersion}", write 1.28, 1.28.1 or a range: 1.22..1.28` };
  const chosen = modulesOf(modules);
  if ('error' in chosen) return chosen;
  return releases.map((release) => ({ nginxVersion: release, flavor: known, ...chosen }));
}

/** `1.28`, or every stable branch of `1.22..1.28` with both ends. */
function releasesIn(text: string): readonly string[] | undefined {
  const [from = '', to, ...rest] = text.split('..');
  if (rest.length > 0 || !isVersion(from) || (to !== undefined && !isVersion(to))) return undefined;
  if (to === undefined) return [from];
  const number = (version: string): number =>
    version.split('.').reduce((sum, part, index) => sum + Number(part) * 1000 ** (2 - index), 0);
  const between = stableBranches.filter((branch) => number(branch) > number(from) && number(branch) < number(to));
  return number(from) > number(to) ? undefined : [...new Set([from, ...between, to])];
}

/** `+check,-stream,-http_proxy`: what to add to all that is known, and what to leave out. */
function modulesOf(text: string): { readonly modules?: ReadonlySet<string> } | { readonly error: string } {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) return {};
  const names = new Set(modules.map(({ name }) => name));
  for (const word of words) {
    const [sign, short] = [word.charAt(0), word.slice(1).replace(/^ngx_|_module$/g, '')];
    if (sign !== '+' && sign !== '-') return { error: `invalid module "${word}", write +${word} or -${word}` };
    const meant = modules.filter(({ name, package: brought }) => isMeant(name.replace(/^ngx_|_module$/g, ''), short, brought));
    if (meant.length === 0) return { error: `unknown module "${word.slice(1)}"` };
    for (const { name } of meant) if (sign === '-') names.delete(name);
  }
  return { modules: names };
}

/** `stream` means all modules of the subsystem, `check` the one of that name. */
function isMeant(name: string, short: string, brought: string | undefined): boolean {
  const subsystem = ['http', 'stream', 'mail'].includes(short) && name.startsWith(`${short}_`);
  return (
    name === short ||
    subsystem ||
    name === `http_${short}` ||
    name === `http_upstream_${short}` ||
    name === `stream_${short}` ||
    name === `http_${short}_filter` ||
    brought === short
  );
}
