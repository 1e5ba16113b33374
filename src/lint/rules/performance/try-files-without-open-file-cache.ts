import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const line = 'open_file_cache max=1000 inactive=20s;';

export const tryFilesWithoutOpenFileCache = defineRule({
  id: 'try-files-without-open-file-cache',
  category: 'performance',
  severity: 'hint',
  summary: 'try_files asks the file system for each name on each request: nothing is remembered',
  fixable: 'unsafe',
  presets: ['performance'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#open_file_cache',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files',
  ],
  needs: ['try_files'],
  check(context) {
    for (const site of sitesOf(context.model).all) report(site, context);
  },
});

/** One finding for a server, however many locations try files. */
function report({ scope, routes, at }: Site, { model, report }: RuleContext): void {
  if (!at || hasHoleAround(model.config, scope)) return;
  const uses = [scope, ...routes.map((route) => route.scope)].map((one) => useIn(one, 'try_files'));
  const [first, ...others] = uses.filter((use) => use !== undefined).filter((use) => testsFiles(use) && !isCached(use));
  if (!first) return;
  report({
    span: spanOfHead(first.directive),
    message: `every request looks for ${first.directive.args.length === 2 ? 'a file' : `up to ${first.directive.args.length - 1} files`} anew`,
    why: 'Without open_file_cache each name costs a system call each time, also names that are never there.',
    help: `write "${line}", with open_file_cache_errors on if names are often missing`,
    related: others.slice(0, 8).map(({ directive }) => ({ message: 'here as well', span: spanOfHead(directive) })),
    fix: effectiveOne(first.scope, 'open_file_cache')
      ? undefined
      : {
          title: 'remember files',
          safety: 'unsafe',
          edits: [first, ...others].map(({ directive }) => insertAfter(directive, [line])),
        },
  });
}

function testsFiles({ directive: { args } }: Use): boolean {
  return args.slice(0, -1).some((arg) => arg !== '');
}

function isCached({ scope }: Use): boolean {
  return (effectiveOne(scope, 'open_file_cache')?.directive.args[0] ?? 'off') !== 'off';
}
