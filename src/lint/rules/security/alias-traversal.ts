import { display } from '../../../base/source-text.ts';
import type { ConfigDirective } from '../../../config/config-tree.ts';
import { isInternal } from '../../../model/access.ts';
import { findHolding } from '../../../model/flow/find-holding.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { settingScope } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import type { Use } from '../../../model/scope.ts';
import { encodedPath, findClientData } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const aliasTraversal = defineRule({
  id: 'alias-traversal',
  category: 'security',
  severity: 'error',
  summary: 'a path with ".." leaves the directory that alias names',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
    'https://www.blackhat.com/docs/us-18/Wed-August-8/us-18-Orange-Tsai-Breaking-Parser-Logic-Take-Your-Path-Normalization-Off-And-Pop-0days-Out-2.pdf',
  ],
  on: { alias: look },
});

function look(use: Use, context: RuleContext): void {
  const location = settingScope(use.scope).directive;
  const [path = ''] = use.directive.args;
  if (location?.name !== 'location' || isInternal(use.scope)) return;
  const { kind, name } = readLocationName(location.args);
  if (kind === 'regex') return lookAtGroups(use, path, context);
  if (kind !== 'prefix' || name.endsWith('/')) return;
  if (path.endsWith('/')) reportOpen(use, location, { name, path }, context);
  else if (!isFile(path)) reportSiblings(use, location, { name, path }, context);
}

interface Where {
  readonly name: string;
  readonly path: string;
}

/** `/files` + `../x` is `/files../x`, which no normalization touches, and `/srv/data/` + `../x` is outside. */
function reportOpen({ directive }: Use, location: ConfigDirective, { name, path }: Where, { report }: RuleContext): void {
  const index = location.node.args.length - 1;
  const span = spanOfArgument(location, index);
  const request = `${encodedPath(name)}../`;
  report({
    span: spanOfArgument(directive, 0),
    message: `everything beside "${display(path)}" can be read through this location`,
    why: `The location has no slash at its end and the alias has one: "GET ${request}secret" becomes "${display(path)}../secret".`,
    help: `write "location ${display(name)}/"`,
    related: [{ message: 'this name also matches what goes on without a slash', span: spanOfHead(location) }],
    fix: {
      title: 'end the name of the location with a slash',
      safety: 'unsafe',
      edits: [replace(span, withSlash(span.source.text.slice(span.start, span.end)))],
    },
  });
}

function withSlash(written: string): string {
  const [, text = written, quote = ''] = /^(.*?)(["']?)$/s.exec(written) ?? [];
  return `${text}/${quote}`;
}

function reportSiblings({ directive }: Use, location: ConfigDirective, { name, path }: Where, { report }: RuleContext): void {
  report({
    span: spanOfArgument(directive, 0),
    severity: 'warning',
    message: `directories whose names go on behind "${display(path)}" can be read through this location, too`,
    why: `Neither the location nor the alias ends with a slash: "GET ${encodedPath(name)}-old/x" becomes "${display(path)}-old/x".`,
    help: `write "location ${display(name)}/" and "alias ${display(path)}/"`,
    related: [{ message: 'this name also matches what goes on without a slash', span: spanOfHead(location) }],
  });
}

/** Groups of the location's pattern that can begin with `../` behind a slash. */
function lookAtGroups(use: Use, path: string, { model, report }: RuleContext): void {
  if (!path.includes('$')) return;
  const found = findClientData(flowOf(model).expand(path, { scope: use.scope }), (held, before) => {
    const start = before.at(-1);
    if (held.part !== 'the decoded path' || !held.capture || !(start?.kind === 'text' && start.text.endsWith('/')))
      return undefined;
    const way = findHolding(held, { text: '../', where: 'start' });
    return typeof way === 'object' ? way.text : undefined;
  });
  if (!found) return;
  const { held, how } = found;
  report({
    span: spanOfArgument(use.directive, 0),
    message: 'a path with ".." leaves this directory',
    why: `Group ${held.capture?.group} can begin with "../": "GET ${encodedPath(how)}" is looked for outside.`,
    help: 'put a slash before the group into the pattern, "^/files/(.*)$": then nginx has resolved every ".." before it matches',
  });
}

/** One file, by its name: what goes on behind it is hardly ever there. */
function isFile(path: string): boolean {
  return /\.[A-Za-z0-9]{1,8}$/.test(path) || path.includes('$');
}
