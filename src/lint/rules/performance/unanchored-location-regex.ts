import { display } from '../../../base/source-text.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { nameIndex } from '../../../model/routes/location-name.ts';
import { samplesOf } from '../../../model/routes/reach.ts';
import { matchPath, sitesOf } from '../../../model/routes/sites.ts';
import type { Node } from '../../../regex/ast.ts';
import { languageOf, matchesEverything } from '../../../regex/language.ts';
import { insertBehind } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const unanchoredLocationRegex = defineRule({
  id: 'unanchored-location-regex',
  category: 'performance',
  severity: 'info',
  summary: 'a regular expression without "^" and "$": it matches in the middle of a path as well',
  fixable: 'unsafe',
  presets: ['performance'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check({ model, report }) {
    for (const route of sitesOf(model).all.flatMap(({ routes }) => routes)) {
      const { kind, name, caseless, at, site } = route;
      const language = kind === 'regex' ? languageOf(name, caseless) : null;
      if (!language || looksAround(language.node) || language.regexp?.test('/') || matchesEverything(language)) continue;
      const [sample = ''] = samplesOf(name, caseless);
      const longer = `${sample}/x`;
      const comes = sample !== '' && matchPath(site, longer).route === route;
      const isExtension = /\\\.(?:\w+|\((?:\?:)?[\w|]+\))$/.test(name);
      report({
        span: spanOfArgument(at, nameIndex(at)),
        message: comes
          ? `GET ${longer} comes here too: nothing says where the match begins or ends`
          : 'nothing says where the match begins or ends',
        why: 'It is looked for at every place of every path, and found in the middle of one as well.',
        help: isExtension ? `write "${display(name)}$"` : 'begin it with "^", or end it in "$"',
        fix: isExtension
          ? {
              title: 'end the expression at the end of the path',
              safety: 'unsafe',
              edits: [insertBehind(at, nameIndex(at), '$')],
            }
          : undefined,
      });
    }
  },
});

/** True when it has `^`, `$` or a look-around anywhere. */
function looksAround(node: Node): boolean {
  switch (node.kind) {
    case 'anchor':
      return node.what !== 'boundary' && node.what !== 'not-boundary';
    case 'look':
      return true;
    case 'sequence':
    case 'choice':
      return node.parts.some(looksAround);
    case 'group':
    case 'repeat':
      return looksAround(node.body);
    default:
      return false;
  }
}
