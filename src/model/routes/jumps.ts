import { display } from '../../base/source-text.ts';
import { effective, type Scope, type Use, usesIn } from '../scope.ts';
import { printRoute } from './show.ts';
import { matchPath, type Site } from './sites.ts';

/** One way in which requests leave a block for another location inside nginx. */
export interface Jump {
  /** `try_files`, `error_page 404`, `auth_request` … */
  readonly by: string;
  readonly target: string;
  /** The location that answers there; undefined where the target has variables, `none` when there is no such name. */
  readonly location: string | undefined;
}

/** Where the requests of a block may go on: `try_files`, `error_page`, `rewrite`, subrequests. */
export function jumpsFrom(scope: Scope, site: Site): readonly Jump[] {
  const files = usesIn(scope, 'try_files').map((use) => ({ by: 'try_files', target: use.directive.args.at(-1) ?? '' }));
  const pages = effective(scope, 'error_page').map(({ directive: { args } }) => ({
    by: `error_page ${args.slice(0, -1).join(' ')}`,
    target: args.at(-1) ?? '',
  }));
  const rewrites = usesIn(scope, 'rewrite')
    .filter(startsOver)
    .map((use) => ({ by: 'rewrite', target: use.directive.args[1] ?? '' }));
  const asked = ['auth_request', 'mirror', 'post_action'].flatMap((name) =>
    effective(scope, name).map((use) => ({ by: name, target: use.directive.args[0] ?? '' })),
  );
  return [...rewrites, ...files, ...pages, ...asked]
    .filter(({ target }) => /^[/@]/.test(target))
    .map(({ by, target }) => ({ by: display(by), target: display(target), location: locationAt(target, site) }));
}

function startsOver({ directive: { args } }: Use): boolean {
  return args[2] === 'last' || args[2] === undefined;
}

function locationAt(target: string, site: Site): string | undefined {
  if (target.startsWith('@')) return site.named.has(target) ? `location ${display(target)}` : 'none';
  const path = target.replace(/\?.*$/s, '');
  if (path.includes('$')) return undefined;
  const { route, sure } = matchPath(site, path);
  return sure ? (route ? printRoute(route) : 'the server itself') : undefined;
}
