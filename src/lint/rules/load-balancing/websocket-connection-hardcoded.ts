import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { effectiveFor, serverAround } from '../../../model/inherited.ts';
import { mapBlock, mapLine } from '../../../model/map-blocks.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { insertBefore, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { isOwnPath, upgradeHeader, webSocketWords } from '../../web-sockets.ts';

const variable = '$connection_upgrade';
const map = [`map $http_upgrade ${variable} {`, '    default upgrade;', "    '' '';", '}'];

export const websocketConnectionHardcoded = defineRule({
  id: 'websocket-connection-hardcoded',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'every request, WebSocket or not, asks the back end to upgrade the connection',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: { pathPatterns: { default: webSocketWords, about: 'words of a path that only WebSockets use' } },
  references: ['https://nginx.org/en/docs/http/websocket.html'],
  needs: passNames,
  check(context) {
    const words = context.setting<readonly string[]>('pathPatterns');
    for (const pass of context.references.passes) {
      if (pass.protocol !== 'proxy' || pass.inStream || isOwnPath(pass, words) || !upgradeHeader(pass)) continue;
      const header = effectiveFor(pass.scope, 'proxy_set_header', 'Connection')?.directive;
      if (header?.args[1]?.toLowerCase() === 'upgrade') report(header, pass, context);
    }
  },
});

function report(header: ConfigDirective, pass: Pass, context: RuleContext): void {
  const edits = fix(header, pass, context);
  context.report({
    span: spanOfHead(header),
    message: 'Connection is "upgrade" for ordinary requests as well',
    why: 'A page or an API call then reaches the back end as a wish to change the protocol: some refuse it with 400 or 426, and none of these connections can be kept for the next request.',
    help: `give Connection a value that depends on $http_upgrade: "map $http_upgrade ${variable} { default upgrade; '' ''; }"`,
    related: [{ message: 'ordinary requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
    fix: edits && { title: `send ${variable}`, safety: 'unsafe', edits },
  });
}

/** The map goes above the first server of `http`; one that is there and does the same is used. */
function fix(header: ConfigDirective, { scope }: Pass, { model }: RuleContext): readonly Edit[] | undefined {
  const value = replace(spanOfArgument(header, 1), variable);
  const there = mapBlock(model, variable);
  if (there) {
    const fits = there.directive.args[0] === '$http_upgrade' && mapLine(there, '')?.args[0] !== 'upgrade';
    return fits ? [value] : undefined;
  }
  const outer = serverAround(scope).parent;
  const first = outer ? useIn(outer, 'server') : undefined;
  return first && [insertBefore(first.directive, map), value];
}
