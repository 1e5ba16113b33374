import { isOpenToAll } from '../../../model/access.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { serverAround } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const davWriteExposed = defineRule({
  id: 'dav-write-exposed',
  category: 'security',
  severity: 'error',
  summary: 'anybody may write: files by WebDAV, or the list of back ends',
  fixable: false,
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_dav_module.html#dav_methods',
    'https://nginx.org/en/docs/http/ngx_http_api_module.html#api',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#limit_except',
  ],
  on: {
    dav_methods(use, context) {
      const methods = use.directive.args.filter((method) => method !== 'off');
      if (methods.length === 0) return;
      reportOpen(use, context, methods, `anybody may ${methods.join(', ')} files`);
    },
    api(use, context) {
      if (!use.directive.args.includes('write=on')) return;
      reportOpen(use, context, ['POST', 'PATCH', 'DELETE'], 'anybody may change the servers of upstreams');
    },
  },
});

function reportOpen(use: Use, { model, report }: RuleContext, methods: readonly string[], message: string): void {
  const { directive, scope } = use;
  if (serverAround(scope).directive?.name !== 'server' || hasHoleAround(model.config, scope)) return;
  if (!placesOf(scope).some((place) => isOpenToAll(place) && !refuses(place, methods))) return;
  report({
    span: spanOfHead(directive),
    message,
    why: 'No password, address or client certificate is asked for here, nor are these methods kept to some clients by limit_except.',
    help: 'write "limit_except GET { allow …; deny all; }", or ask for a password',
  });
}

/** Where it is in force: the block, or the locations of a server. */
function placesOf(scope: Scope): readonly Scope[] {
  const locations =
    scope.directive?.name === 'server' ? scope.children.filter(({ directive }) => directive?.name === 'location') : [];
  return locations.length > 0 ? locations : [scope];
}

/** True when a `limit_except` keeps the methods to those that its rules let in (ngx_http_core_limit_except). */
function refuses(scope: Scope, methods: readonly string[]): boolean {
  return usesIn(scope, 'limit_except').some(
    ({ directive, opened }) => opened && !methods.some((method) => directive.args.includes(method)) && !isOpenToAll(opened),
  );
}
