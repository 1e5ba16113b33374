import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { effectiveFor, effectiveOne, serverAround } from '../../../model/inherited.ts';
import { mapBlock } from '../../../model/map-blocks.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import type { Use } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertBefore, replace } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { upgradeHeader } from '../../web-sockets.ts';

const variable = '$websocket_upgrade';
const map = [`map $http_upgrade ${variable} {`, '    default "";', '    websocket websocket;', '}'];

export const h2cSmuggling = defineRule({
  id: 'h2c-smuggling',
  category: 'security',
  severity: 'warning',
  summary: 'every Upgrade of a client is passed on: with "h2c" requests get past all rules of nginx',
  fixable: 'unsafe',
  presets: ['security'],
  references: ['https://bishopfox.com/blog/h2c-smuggling-request', 'https://nginx.org/en/docs/http/websocket.html'],
  needs: passNames,
  check(context) {
    const said = new Set<Use>();
    for (const pass of context.references.passes) {
      if (pass.protocol !== 'proxy' || pass.inStream) continue;
      const upgrade = upgradeHeader(pass);
      if (!upgrade || said.has(upgrade) || !isUpgrading(pass, upgrade, context)) continue;
      said.add(upgrade);
      report(pass, upgrade, said.size === 1, context);
    }
  },
});

/** HTTP/1.1 with `Upgrade` as the client sent it, and a `Connection` that asks for it. */
function isUpgrading({ scope }: Pass, { directive }: Use, { model, options }: RuleContext): boolean {
  const version = effectiveOne(scope, 'proxy_http_version')?.directive.args[0];
  if (version === '1.0' || (version === undefined && !isAtLeast(releasesOf(options).newest, '1.29.7'))) return false;
  const connection = effectiveFor(scope, 'proxy_set_header', 'Connection')?.directive.args[1] ?? '';
  if (!/upgrade|\$/i.test(connection)) return false;
  const texts = flowOf(model).expand(directive.args[1] ?? '', { scope });
  return (texts ?? []).some(({ atoms }) =>
    atoms.some((atom) => atom.kind === 'held' && atom.variable === 'http_upgrade' && atom.always.length === 0),
  );
}

function report({ use }: Pass, upgrade: Use, isFirst: boolean, { model, report }: RuleContext): void {
  const span = spanOfArgument(upgrade.directive, 1);
  report({
    span,
    message: 'a client may upgrade to anything that the back end speaks, such as h2c',
    why: 'Once the back end has answered 101, nginx copies bytes both ways: further HTTP/2 requests reach it without locations, allow, deny or authentication of nginx.',
    help: `pass on "websocket" only: map $http_upgrade ${variable} { default ""; websocket websocket; }`,
    related: [{ message: 'passed on here', span: spanOfHead(use.directive) }],
    fix: { title: 'pass on "websocket" only', safety: 'unsafe', edits: edits(upgrade, isFirst && !mapBlock(model, variable)) },
  });
}

/** The map goes before the server, once; other places wait for it. */
function edits(upgrade: Use, needsMap: boolean): readonly Edit[] {
  const { directive } = serverAround(upgrade.scope);
  const change = replace(spanOfArgument(upgrade.directive, 1), variable);
  return needsMap && directive?.name === 'server' ? [insertBefore(directive, map), change] : [change];
}
