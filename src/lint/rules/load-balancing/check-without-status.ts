import type { Model } from '../../../model/build.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, scopesWithin, useIn } from '../../../model/scope.ts';
import { http, main } from '../../../schema/contexts.ts';
import { insertAtEnd } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Directives that show which peers are up. */
const shows = [
  'check_status',
  'upstream_show',
  'vhost_traffic_status_display',
  'dyups_interface',
  'api',
  'status',
  'prometheus',
  'content_by_lua_block',
  'content_by_lua_file',
];

export const checkWithoutStatus = defineRule({
  id: 'check-without-status',
  category: 'load-balancing',
  severity: 'info',
  summary: 'back ends are checked, and no page shows the result',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check_status'],
  needs: ['upstream'],
  check({ model, references, report }) {
    const check = references.upstreams.map(({ scope }) => useIn(scope, 'check')).find((use) => use !== undefined);
    if (!check || !isWhole(model) || scopes(model).some((scope) => shows.some((name) => useIn(scope, name)))) return;
    const server = scopes(model).find(({ directive, parent }) => directive?.name === 'server' && parent?.context === http);
    report({
      span: spanOfHead(check.directive),
      message: 'servers are checked, but no location has check_status',
      why: 'Which of them nginx takes for dead can then only be guessed from the error log.',
      help: 'add a location with "check_status;" that only your own addresses may read',
      fix: server && fixIn(server),
    });
  },
});

function fixIn({ directive }: Scope) {
  const lines = ['location = /upstream-status {', '    check_status;', '    allow 127.0.0.1;', '    deny all;', '}'];
  const edit = directive ? insertAtEnd(directive, lines) : undefined;
  return edit && { title: 'add a protected status location', safety: 'unsafe' as const, edits: [edit] };
}

/** A configuration, or a fragment with servers in it, whose includes were all read: the page is not elsewhere. */
function isWhole(model: Model): boolean {
  const { config, root } = model;
  if (config.closed) return true;
  return (root.context & (main | http)) !== 0 && hasServer(model) && !scopes(model).some((scope) => hasHoleAround(config, scope));
}

function hasServer(model: Model): boolean {
  return scopes(model).some(({ context, directive }) => directive?.name === 'server' && context !== 0);
}

function scopes({ root }: Model): readonly Scope[] {
  return [...scopesWithin(root)];
}
