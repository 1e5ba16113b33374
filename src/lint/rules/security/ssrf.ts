import { isInternal } from '../../../model/access.ts';
import { chosenHost } from '../../../model/flow/chosen-host.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { nearestWith } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import type { Scope } from '../../../model/scope.ts';
import { encodedPath, findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const ssrf = defineRule({
  id: 'ssrf',
  category: 'security',
  severity: 'error',
  summary: 'the client chooses the server that its request is passed to',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: { trustedVariables: { default: [], about: 'variables that the client cannot choose here, without $' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
  ],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      const [value = ''] = pass.use.directive.args;
      if (!pass.inStream && pass.targets === null && value.includes('$') && !isInternal(pass.scope)) look(pass, value, context);
    }
  },
});

function look({ use, scope }: Pass, value: string, context: RuleContext): void {
  const trusted = context.setting<readonly string[]>('trustedVariables');
  const found = findClientData(flowOf(context.model).expand(value, { scope }), (held, before, after) =>
    trusted.includes(held.variable) ? undefined : chosenHost(held, before, after),
  );
  if (!found) return;
  const { held, expansion, how } = found;
  const isHost = held.variable === 'host' || held.variable === 'http_host';
  if (isHost && namesHosts(scope)) return;
  const witness = held.part === 'the decoded path' ? `: "GET ${encodedPath(how.from)}" is enough` : '';
  context.report({
    span: spanOfArgument(use.directive, 0),
    severity: isHost ? 'warning' : undefined,
    message: `the client chooses where this request goes: ${sayHeld(held)}`,
    why: `Anyone can make this server send requests to any address that it can reach, behind the firewall as well${witness}.`,
    help: 'take the host from a map that lists the servers allowed, with a default, or allow no dots, slashes and colons in the group',
    related: wayOf(expansion, use.directive),
  });
}

/** True when the server answers to whole names only: a name that it does not have gets to it as the default one at most. */
function namesHosts(scope: Scope): boolean {
  const names = nearestWith(scope, ['server_name']).flatMap(({ directive }) => directive.args);
  const isDefault = nearestWith(scope, ['listen']).some(({ directive }) => directive.args.includes('default_server'));
  return !isDefault && names.length > 0 && names.every((name) => /^[\w-]+(\.[\w-]+)+$/.test(name));
}
