import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { nameIndex } from '../../../model/routes/location-name.ts';
import { type Route, sitesOf } from '../../../model/routes/sites.ts';
import { insertInFront } from '../../insert.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { looksLikeRegex } from '../../written-regex.ts';

export const locationMissingSlash = defineRule({
  id: 'location-missing-slash',
  category: 'correctness',
  severity: 'warning',
  summary: 'a location with a name that no path has: without its slash, with arguments, or escaped',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check({ model, report }) {
    for (const route of sitesOf(model).all.flatMap(({ routes }) => routes)) {
      const finding = findingFor(route);
      if (finding) report(finding);
    }
  },
});

function findingFor(route: Route): Finding | undefined {
  const { kind, name, at } = route;
  if ((kind !== 'prefix' && kind !== 'exact') || looksLikeRegex(name) || /^[$<{]|\{\{|<%/.test(name)) return undefined;
  const span = spanOfHead(at);
  const shown = display(name);
  if (!name.startsWith('/')) {
    return {
      span,
      message: `no request comes here: paths begin with "/", and "${shown}" does not`,
      why: `GET /${shown} is compared with the name from its first byte on.`,
      help: `write "/${shown}"`,
      fix: { title: 'begin with a slash', safety: 'unsafe', edits: [insertInFront(at, nameIndex(at), name, '/')] },
    };
  }
  if (name.includes('?')) {
    const why = 'What stands behind "?" in a request are its arguments; the search for a location does not see them.';
    return { span, message: `no request comes here: a path has no "?"`, why, help: 'match the path, and test $arg_NAME in it' };
  }
  if (!/%[0-9A-Fa-f]{2}/.test(name)) return undefined;
  const plain = name.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  const why = 'nginx decodes a path before it looks for a location.';
  return { span, message: 'no request comes here: the name is escaped', why, help: `write "${display(plain)}", in quotes` };
}
