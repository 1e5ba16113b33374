import type { ConfigDirective } from '../../../config/config-tree.ts';
import { inLowerCase } from '../../../model/address.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { type Mention, mentionsOf } from '../../../model/variable-mentions.ts';
import { insertBefore } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Where an empty value means "not this one": no header, no limit, not from the cache. */
const mayBeEmpty =
  /^(?:add_header|add_trailer|expires|more_set_\w+|limit_(?:req|conn)_zone|access_log|log_format|\w+_(?:cache_bypass|no_cache|store)|if|map|set)$/;

/** Lines of a block that are none of its values. */
const options: ReadonlySet<string> = new Set([
  'hostnames',
  'volatile',
  'ranges',
  'proxy',
  'proxy_recursive',
  'delete',
  'include',
]);

export const mapMissingDefault = defineRule({
  id: 'map-missing-default',
  category: 'http',
  severity: 'info',
  summary: 'a `map` or `geo` without a default is empty for everything else',
  fixable: 'unsafe',
  presets: ['recommended'],
  settings: { minEntries: { default: 2, about: 'maps with fewer lines are left alone' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',
    'https://nginx.org/en/docs/http/ngx_http_geo_module.html#geo',
  ],
  on: { map: examine, geo: examine },
});

function examine({ directive }: Use, context: RuleContext): void {
  const lines = (directive.children ?? []).filter(({ name }) => !options.has(name));
  if (lines.length < context.setting<number>('minEntries') || !isWhole(directive)) return;
  if (lines.some(({ name }) => name === 'default' || name === '0.0.0.0/0') || isSwitch(lines)) return;
  const index = directive.name === 'map' ? 1 : directive.args.length - 1;
  const variable = directive.args[index] ?? '';
  const readers = (mentionsOf(context.model).byName.get(inLowerCase(variable.slice(1))) ?? []).filter(({ defines }) => !defines);
  const grave = readers.find(needsValue);
  if (!grave && readers.length > 0 && readers.every(isFineEmpty)) return;
  const [first] = lines;
  context.report({
    span: spanOfArgument(directive, index),
    severity: grave ? 'warning' : undefined,
    message: `${variable} is empty for everything that no line names`,
    why: grave
      ? `${grave.directive.name} is then given an empty value: such requests fail, or go where nobody meant them to.`
      : 'Without a default the value is an empty string, and nothing says whether that is meant.',
    help: 'write a "default" line, "default \\"\\";" where empty is meant',
    related: grave ? [{ message: 'used here', span: spanOfHead(grave.directive) }] : undefined,
    fix: first && { title: 'write default "";', safety: 'unsafe', edits: [insertBefore(first, ['default "";'])] },
  });
}

/** False when lines may come from a file that was not read. */
function isWhole({ children, node }: ConfigDirective): boolean {
  const followed = new Set((children ?? []).flatMap(({ includedBy }) => includedBy.map((include) => include.node)));
  return !node.block?.directives.some((line) => line.name.value === 'include' && !followed.has(line));
}

/** All lines give one value: the variable says whether something is in the list. */
function isSwitch(lines: readonly ConfigDirective[]): boolean {
  return new Set(lines.map(({ args }) => args[0])).size === 1;
}

function needsValue({ directive: { name, args } }: Mention): boolean {
  if (name === 'proxy_set_header') return args[0]?.toLowerCase() === 'host';
  return /^(?:(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass|root|alias)$/.test(name);
}

function isFineEmpty(mention: Mention): boolean {
  const { name } = mention.directive;
  return mayBeEmpty.test(name) || (/_set_header$/.test(name) && !needsValue(mention));
}
