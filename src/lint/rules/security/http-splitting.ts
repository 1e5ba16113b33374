import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { isInternal, isOpenToAll } from '../../../model/access.ts';
import type { Expansion, Held } from '../../../model/flow/atom.ts';
import { findHolding } from '../../../model/flow/find-holding.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { encodedPath, findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { redirectOf } from '../../redirects.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const toClient = { add_header: 1, add_trailer: 1, proxy_cookie_domain: 1, proxy_cookie_path: 1 };
const toBackEnd = { proxy_set_header: 1, proxy_pass: 0 };

export const httpSplitting = defineRule({
  id: 'http-splitting',
  category: 'security',
  severity: 'error',
  summary: 'the client can write headers of its own into a request or an answer',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: ['https://owasp.org/www-community/attacks/HTTP_Response_Splitting'],
  on: {
    return: (use, context) => redirect(use, context),
    rewrite: (use, context) => redirect(use, context),
    ...Object.fromEntries(Object.entries(toClient).map(([name, at]) => [name, header(at, '\n\r')])),
    ...Object.fromEntries(Object.entries(toBackEnd).map(([name, at]) => [name, header(at, '\n')])),
  },
});

function redirect(use: Use, context: RuleContext): void {
  const found = redirectOf(use);
  // ngx_http_script_copy_capture_code escapes the numbered groups of a redirect.
  const value = use.directive.name === 'rewrite' ? found?.url.replace(/\$[1-9]/g, '') : found?.url;
  if (found && value !== undefined) look(use, found.index, value, '\n\r', context);
}

function header(index: number, breaks: Breaks): (use: Use, context: RuleContext) => void {
  return (use, context) => {
    const { name, args } = use.directive;
    if (name !== 'proxy_pass' || (use.entry.module.name.startsWith('ngx_http') && !isInternal(use.scope)))
      look(use, index, args[index] ?? '', breaks, context);
  };
}

/** Bytes that end a line where a value is put. */
type Breaks = '\n' | '\n\r';

/** Values that are alike at many places, and in which no client can break a line. */
const harmless = { '\n': new WeakSet<readonly Expansion[]>(), '\n\r': new WeakSet<readonly Expansion[]>() } as const;

function look(use: Use, index: number, value: string, breaks: Breaks, { model, report }: RuleContext): void {
  if (!value.includes('$')) return;
  const expansions = flowOf(model).expand(value, { scope: use.scope, before: use });
  if (!expansions || harmless[breaks].has(expansions)) return;
  let isExcused = false;
  const found = findClientData(expansions, (held) => {
    if (!isLoggedIn(held, use)) return breakIn(held, breaks);
    isExcused = true;
    return undefined;
  });
  if (!found && !isExcused) harmless[breaks].add(expansions);
  if (!found) return;
  const { held, expansion, how } = found;
  const { name } = use.directive;
  const witness = held.part === 'the decoded path' ? `: "GET ${encodedPath(how.from)}"` : '';
  report({
    span: spanOfArgument(use.directive, index),
    severity: how.isLine ? undefined : 'warning',
    message: `the client can end the line and go on with ${Object.hasOwn(toBackEnd, name) ? 'headers' : 'headers and a page'} of its own`,
    why: `${sentence(sayHeld(held))}, where %0${how.isLine ? 'A' : 'D'} has become a line break, and ${name} does not escape it${witness}.`,
    help: advice(use, held),
    related: wayOf(expansion, use.directive),
    fix: fix(use, index),
  });
}

/** A name that a file of passwords, or who else was asked, has accepted. */
function isLoggedIn({ variable }: Held, { scope }: Use): boolean {
  return variable === 'remote_user' && !isOpenToAll(scope);
}

function breakIn(held: Held, breaks: string): { readonly from: string; readonly isLine: boolean } | undefined {
  for (const text of breaks) {
    const found = findHolding(held, { text, where: 'anywhere' });
    if (typeof found === 'object') return { from: found.text, isLine: text === '\n' };
  }
  return undefined;
}

function advice({ directive: { name } }: Use, { capture, variable }: Held): string {
  if (capture)
    return 'allow only the bytes you expect in the group, "[A-Za-z0-9_/.-]*" for example: [^/] and \\W match line breaks';
  const inPlace = name === 'proxy_pass' ? 'leave the path to proxy_pass without a URI, or write' : 'write';
  return /uri$/.test(variable)
    ? `${inPlace} "$request_uri", which is as the client sent it`
    : 'check the value with a map before';
}

/** In redirects `$request_uri` is what was meant; it has the arguments as well. */
function fix(use: Use, index: number) {
  const text = use.directive.node.args[index];
  const span = spanOfArgument(use.directive, index);
  const written = span.source.text.slice(span.start, span.end);
  if (!text || !redirectOf(use) || !/\$(?:document_)?uri(?!\w)/.test(written)) return undefined;
  const edits: readonly Edit[] = [
    replace(span, written.replace(/\$(?:document_)?uri(?!\w)(?:\$is_args\$(?:args|query_string)(?!\w))?/g, '$$request_uri')),
  ];
  return { title: 'redirect to the URI as it was sent', safety: 'unsafe' as const, edits };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
