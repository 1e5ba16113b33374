import { byName, type KeysOf, lostSet } from '../../../model/lost-set.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { copyLost, lostNames, whereLost } from '../../lost-lines.ts';
import { defineRule } from '../../rule.ts';

/** What a line of these is about; of `error_page`, only pages for failures of the server. */
const keys: Readonly<Record<string, KeysOf>> = {
  error_page: (args) => args.slice(0, -1).filter((code) => /^5\d\d$/.test(code)),
  limit_req: (args) => args.filter((word) => word.startsWith('zone=')),
};

const families = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc'];

const names = [
  ...['error_page', 'limit_req', 'limit_conn', 'sub_filter', 'fastcgi_param', 'uwsgi_param', 'scgi_param'],
  ...families.flatMap((family) => [`${family}_hide_header`, `${family}_pass_header`]),
];

export const arrayDirectiveInheritanceLost = defineRule({
  id: 'array-directive-inheritance-lost',
  category: 'correctness',
  severity: 'info',
  summary: 'a line of its own takes all those of the blocks around away from a block',
  fixable: 'unsafe',
  presets: ['recommended'],
  settings: { directives: { default: names, about: 'the directives that are looked at' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param',
  ],
  on: Object.fromEntries(
    names.map((name) => [
      name,
      (use, { model, setting, report }) => {
        if (!setting<readonly string[]>('directives').includes(name)) return;
        const found = lostSet(use, model, keys[name] ?? byName);
        if (!found || found.own.some(isIncluded)) return;
        report({
          span: spanOfHead(use.directive),
          message: `${shown(name, found.lost)} of the block around ${found.lost.length > 1 ? 'are' : 'is'} not in force here`,
          why: `One ${name} in a block replaces all of the blocks around it.`,
          help: 'write the lost lines again here',
          related: whereLost(found.lost),
          fix: copyLost(found),
        });
      },
    ]),
  ),
});

function shown(name: string, lost: readonly Use[]): string {
  return /_(?:param|header)$/.test(name)
    ? `${name} ${lostNames(lost)}`
    : `${lost.length > 1 ? `${lost.length} lines of ` : ''}${name}`;
}

/** A file of parameters is meant to be the whole set. */
function isIncluded({ directive, scope }: Use): boolean {
  return directive.includedBy.length > (scope.directive?.includedBy.length ?? 0);
}
