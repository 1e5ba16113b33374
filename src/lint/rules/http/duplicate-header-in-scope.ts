import { spanOfHead } from '../../../model/place.ts';
import { type Use, useIn, usesIn } from '../../../model/scope.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Headers of which an answer has several as a matter of course. */
const several = /^(?:set-cookie|link|www-authenticate|proxy-authenticate|warning|server-timing|alt-svc)$/i;
/** Headers whose lines add up to one list. */
const lists =
  /^(?:vary|cache-control|content-security-policy(?:-report-only)?|access-control-(?:allow|expose)-(?:headers|methods)|via|forwarded|x-forwarded-for)$/i;

export const duplicateHeaderInScope = defineRule({
  id: 'duplicate-header-in-scope',
  category: 'http',
  severity: 'warning',
  summary: 'one header, set twice in one block, is sent twice',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
    'https://www.rfc-editor.org/rfc/rfc9110#section-5.3',
  ],
  on: { add_header: examine, add_trailer: examine, proxy_set_header: examine, grpc_set_header: examine },
});

function examine(use: Use, context: RuleContext): void {
  const { directive, scope } = use;
  if (useIn(scope, directive.name) !== use) return;
  const first = new Map<string, Use>();
  for (const one of usesIn(scope, directive.name)) {
    const [name = '', value = ''] = one.directive.args;
    const key = name.toLowerCase();
    if (several.test(name) || value === '') continue;
    const before = first.get(key);
    if (before) report(before, one, context);
    else first.set(key, one);
  }
}

function report(before: Use, { directive }: Use, { report }: RuleContext): void {
  const [name = '', value = ''] = directive.args;
  const isSame = before.directive.args[1] === value;
  const isAnswer = directive.name.startsWith('add_');
  // One of them may be empty, and then it is not sent.
  if (!isSame && [value, before.directive.args[1]].some((one) => one?.startsWith('$')) && isAnswer) return;
  report({
    span: spanOfHead(directive),
    severity: lists.test(name) && !isSame ? 'info' : undefined,
    message: `"${name}" is set twice in this block, and sent twice`,
    why: isAnswer
      ? 'Browsers take such headers together, take one of them, or ignore both, each in its own way.'
      : 'The back end gets two lines of one header: it refuses the request, takes one of them, or both as a list.',
    help: isSame ? 'remove one of the two' : 'keep the one that is meant',
    related: [{ message: 'set here first', span: spanOfHead(before.directive) }],
    fix: isSame ? { title: 'remove the second one', safety: 'safe', edits: [removeDirective(directive)] } : undefined,
  });
}
