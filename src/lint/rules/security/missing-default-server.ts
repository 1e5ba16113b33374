import { display } from '../../../base/source-text.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { defaultServerOf, type ListenGroup, type ListenLine } from '../../../model/routes/listen-groups.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { main } from '../../../schema/contexts.ts';
import { insertBehind } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const missingDefaultServer = defineRule({
  id: 'missing-default-server',
  category: 'security',
  severity: 'info',
  summary:
    'several servers at one address and none of them is the default: the first in the file gets requests for unknown hosts',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis'],
  references: ['https://nginx.org/en/docs/http/request_processing.html'],
  check(context) {
    if (context.model.root.context !== main) return;
    const said = new Set<Site>();
    for (const group of sitesOf(context.model).groups) {
      const first = defaultServerOf(group);
      if (!first || said.has(first) || !isOpen(group, first, context)) continue;
      said.add(first);
      report(group, first, context);
    }
  },
});

/** Two servers or more at a TCP address, nobody chosen, and the first one no catch-all by its name. */
function isOpen({ lines, key }: ListenGroup<Site>, first: Site, { model }: RuleContext): boolean {
  const servers = new Set(lines.map(({ server }) => server));
  if (servers.size < 2 || /^(?:udp |unix:)/.test(key)) return false;
  if (lines.some(({ listen }) => listen.defaultServer) || first.names.some((name) => /^(?:_.*|)$/.test(name))) return false;
  return !hasHoleAround(model.config, first.scope.parent ?? first.scope);
}

function report({ lines, key }: ListenGroup<Site>, first: Site, { report }: RuleContext): void {
  const line = lines.find(({ server }) => server === first);
  const listen = listenLine(line);
  const others = new Set(lines.map(({ server }) => server)).size - 1;
  const at = listen ?? first.at;
  if (!at) return;
  report({
    span: spanOfHead(at),
    message: `requests at ${key} for any other host go to "${display(first.names[0] ?? '')}", because it stands first`,
    why: `None of the ${others + 1} servers there has default_server. Another order of files, or of a glob, changes who answers for names that nobody serves.`,
    help: 'write "default_server" behind the listen of the server that is meant, best one that answers 444 or 421',
    fix: listen
      ? {
          title: 'make the first server the default, as it is now',
          safety: 'unsafe',
          edits: [insertBehind(listen, 0, ' default_server')],
        }
      : undefined,
  });
}

/** The directive that a line comes from; undefined for a server that does not say where it listens. */
function listenLine(line: ListenLine<Site> | undefined): ListenLine<Site>['at'] | undefined {
  return line?.server.scope.uses.find(({ directive }) => directive.name === 'listen' && directive.args[0] === line.listen.text)
    ?.directive;
}
