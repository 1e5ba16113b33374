import { spanOfHead } from '../../../model/place.ts';
import { endingOf } from '../../../model/routes/endings.ts';
import { type Scope, scopesWithin, type Use } from '../../../model/scope.ts';
import { ifInLocation, ifInServer, location, server } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const rewriting = new Set(['rewrite', 'return', 'set', 'if', 'break']);
const answering = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'stub_status',
  'empty_gif',
  'flv',
  'mp4',
]);

export const unreachableDirective = defineRule({
  id: 'unreachable-directive',
  category: 'correctness',
  severity: 'warning',
  summary: 'a directive that is never carried out: a "return" answers before it, or another handler after it',
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
    'https://nginx.org/en/docs/dev/development_guide.html#http_phases',
  ],
  check(context) {
    for (const scope of scopesWithin(context.model.root)) {
      if ((scope.context & (server | location | ifInServer | ifInLocation)) === 0) continue;
      const ending = endingOf(scope);
      if (ending) reportBehind(ending, scope, context);
      else reportReplaced(scope, context);
    }
  },
});

/** What stands behind a `return`, or is done in a later phase; one finding for a block. */
function reportBehind(ending: Use, { uses, context }: Scope, { report }: RuleContext): void {
  const index = uses.indexOf(ending);
  const isHere = (context & (location | ifInLocation)) !== 0;
  const dead = uses.filter(
    ({ directive: { name } }, at) =>
      (at > index && rewriting.has(name)) || (isHere && (answering.has(name) || name === 'try_files')),
  );
  const [first, ...others] = dead;
  if (!first) return;
  report({
    span: spanOfHead(first.directive),
    message: `never carried out: "${ending.directive.name}" answers every request before`,
    why: 'Requests pass the rewriting directives of a block in the order of the file and stop at the first answer; files and back ends come later.',
    help: `remove it, or make "${ending.directive.name}" conditional`,
    related: [
      { message: 'answers every request', span: spanOfHead(ending.directive) },
      ...others.slice(0, 3).map(({ directive }) => ({ message: 'nor this', span: spanOfHead(directive) })),
    ],
  });
}

/** Several handlers in one location: each takes the place of the one before. */
function reportReplaced({ uses, context }: Scope, { report }: RuleContext): void {
  if ((context & (location | ifInLocation)) === 0) return;
  const handlers = uses.filter(({ directive }) => answering.has(directive.name));
  const last = handlers.at(-1);
  const [first] = handlers;
  if (!first || !last || first.directive.name === last.directive.name) return;
  report({
    span: spanOfHead(first.directive),
    message: `never carried out: "${last.directive.name}" below takes its place`,
    why: 'A location has one handler, and the last directive that names one decides.',
    help: 'keep one of them',
    related: [{ message: 'answers instead', span: spanOfHead(last.directive) }],
  });
}
