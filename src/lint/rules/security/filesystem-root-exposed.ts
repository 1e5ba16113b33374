import { display } from '../../../base/source-text.ts';
import { isInternal } from '../../../model/access.ts';
import { settingScope } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { type Scope, type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const filesystemRootExposed = defineRule({
  id: 'filesystem-root-exposed',
  category: 'security',
  severity: 'error',
  summary: 'files of the system can be downloaded',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: {
    sensitiveRoots: {
      default: ['/', '/etc', '/home', '/root', '/var', '/proc', '/sys'],
      about: 'directories nobody may serve as a whole',
    },
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#root',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
  ],
  on: { root: look, alias: look },
});

const answering = ['return', 'proxy_pass', 'grpc_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass'];

function look({ directive, scope }: Use, context: RuleContext): void {
  const [path = ''] = directive.args;
  if (path === '' || path.includes('$') || !path.startsWith('/') || isInternal(scope)) return;
  const shown = directive.name === 'alias' ? shownByAlias(scope, path) : shownByRoot(scope, path);
  if (shown === undefined || !context.setting<readonly string[]>('sensitiveRoots').includes(shown)) return;
  if (answering.some((name) => usesIn(scope, name).length > 0)) return;
  const file = shown === '/' ? '/etc/passwd' : `${shown}/…`;
  context.report({
    span: spanOfArgument(directive, 0),
    message: `everything below "${display(shown)}" that nginx may read can be downloaded`,
    why: `"${file}" is one request away; keys, passwords and the configuration of this server are in reach.`,
    help: 'name the one directory whose files are meant for everyone',
  });
}

/** The directory that a location's alias opens, `/files` + `/x` or `/files/` + `x`; undefined when only single files match. */
function shownByAlias(scope: Scope, path: string): string | undefined {
  const { kind, name } = readLocationName(settingScope(scope).directive?.args ?? []);
  return kind === 'prefix' && (path.endsWith('/') || !name.endsWith('/')) ? normalized(path) : undefined;
}

/** With `root` the location's name is a part of the file's. */
function shownByRoot(scope: Scope, path: string): string | undefined {
  const location = settingScope(scope).directive;
  if (location?.name !== 'location') return normalized(path);
  const { kind, name } = readLocationName(location.args);
  return kind === 'prefix' ? normalized(path + name.slice(0, name.lastIndexOf('/') + 1)) : undefined;
}

/** The path without empty parts, `.` and `..`, and without a slash at its end. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
