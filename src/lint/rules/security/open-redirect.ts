import type { Atom, Held } from '../../../model/flow/atom.ts';
import { type ChosenHost, chosenHost } from '../../../model/flow/chosen-host.ts';
import { findHolding } from '../../../model/flow/find-holding.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { encodedPath, findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { redirectOf } from '../../redirects.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Parts of a request that a link decides; nobody can make someone else send a header. */
const ofLinks = /^the decoded path|^the raw path|argument/;

export const openRedirect = defineRule({
  id: 'open-redirect',
  category: 'security',
  severity: 'error',
  summary: 'a link to this server can send people to any other site',
  fixable: false,
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
    'https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html',
  ],
  on: { return: look, rewrite: look },
});

function look(use: Use, { model, report }: RuleContext): void {
  const redirect = redirectOf(use);
  if (!redirect?.url.includes('$')) return;
  const found = findClientData(flowOf(model).expand(redirect.url, { scope: use.scope, before: use }), leadsAway);
  if (!found) return;
  const { held, expansion, how } = found;
  const isPath = held.part === 'the decoded path';
  report({
    span: spanOfArgument(use.directive, redirect.index),
    message: `this redirect goes wherever a link says: ${sayHeld(held)}`,
    why: `A link with your name in it leads to a stranger's site, which is what phishing needs${isPath ? `: "GET ${encodedPath(how.from)}"` : ''}.`,
    help: 'begin the URL with a host of your own and a slash, or choose it from a map of the targets allowed',
    related: wayOf(expansion, use.directive),
  });
}

function leadsAway(held: Held, before: readonly Atom[], after: readonly Atom[]): ChosenHost | undefined {
  const isForwarded = held.variable === 'http_x_forwarded_host';
  if (!ofLinks.test(held.part) && !isForwarded && !held.part.startsWith('a cookie')) return undefined;
  return chosenHost(held, before, after) ?? slashes(held, before);
}

/** `//evil.example` is a host for browsers: a slash of the configuration and one of the client's. */
function slashes(held: Held, before: readonly Atom[]): ChosenHost | undefined {
  const [start, ...more] = before;
  const text = start === undefined ? '//evil.example' : start.kind === 'text' && start.text === '/' ? '/evil.example' : '';
  if (more.length > 0 || text === '') return undefined;
  const found = findHolding(held, { text, where: 'start' });
  return typeof found === 'object' ? { text, from: found.text } : undefined;
}
