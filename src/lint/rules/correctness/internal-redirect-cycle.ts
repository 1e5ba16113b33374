import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { isRedirect } from '../../../model/routes/endings.ts';
import type { Wanted } from '../../../model/routes/reach.ts';
import { printPath } from '../../../model/routes/show.ts';
import { requestsInto } from '../../../model/routes/starts.ts';
import { type Turn, walk } from '../../../model/routes/walk.ts';
import type { Use } from '../../../model/scope.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const internalRedirectCycle = defineRule({
  id: 'internal-redirect-cycle',
  category: 'correctness',
  severity: 'error',
  summary: 'a request that is sent round in a circle inside nginx, until that answers 500',
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
  ],
  check(context) {
    const said = new Set<Use>();
    const version = releasesOf(context.options).newest;
    for (const request of requestsInto(context.model, startsOver, version)) {
      const outcome = walk(request);
      if (outcome.kind === 'cycle') report(request.uri, outcome.trail, said, context);
    }
  },
});

/** `try_files` that ends in a path, `rewrite` that looks for a location again, and pages for errors. */
const startsOver: Wanted = new Map([
  ['try_files', ({ directive: { args } }: Use) => !/^=/.test(args.at(-1) ?? '')],
  ['error_page', () => true],
  ['rewrite', (use: Use) => use.directive.args[2] !== 'break' && !isRedirect(use)],
]);

function report(uri: string, trail: readonly Turn[], said: Set<Use>, context: RuleContext): void {
  const last = trail.at(-1);
  if (!last || trail.some(({ use }) => said.has(use))) return;
  for (const { use } of trail) said.add(use);
  const { name } = last.use.directive;
  const turns = trail.slice(0, 3).map(({ to }) => display(to));
  context.report({
    span: spanOfHead(last.use.directive),
    message: `GET ${printPath(uri)} is answered 500: "${name}" sends it round in a circle (${[uri, ...turns].join(' → ')} …)`,
    why: `nginx gives up after ten turns and logs "rewrite or internal redirection cycle".${name === 'try_files' ? ' This is so where none of the files is there.' : ''}`,
    help:
      name === 'try_files'
        ? 'end the list in "=404", or in a path that another location answers'
        : 'write "break" for "last", or make the pattern fail for its own result',
  });
}
