import { isBuiltIn } from '../../../model/defined-variables.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Mention, mentionsOf } from '../../../model/variable-mentions.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const definers: ReadonlySet<string> = new Set(['set', 'map', 'geo', 'split_clients', 'auth_request_set']);

export const unusedVariableDefinition = defineRule({
  id: 'unused-variable-definition',
  category: 'http',
  severity: 'info',
  summary: 'a variable is defined, and read nowhere',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#set',
    'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',
  ],
  check(context) {
    const { config, unknown } = context.model;
    if (!config.closed || unknown.length > 0) return;
    const { byName, hasHidden } = mentionsOf(context.model);
    if (hasHidden) return;
    for (const [name, mentions] of byName) {
      if (mentions.every(({ defines, directive }) => defines && definers.has(directive.name)) && !isRead(name))
        report(mentions, context);
    }
  },
});

/** nginx reads its own by itself (`$limit_rate`, `$args`), and some modules those that are called after them. */
function isRead(name: string): boolean {
  return isBuiltIn(name) || /^(?:memcached|redis2?|vod|dyups|uploadprogress|modsec)_/.test(name);
}

function report([first, ...others]: readonly Mention[], context: RuleContext): void {
  if (!first) return;
  const all = [first, ...others];
  context.report({
    span: spanOfArgument(first.directive, first.index),
    message: `$${first.written} is read nowhere`,
    why: 'No directive of this configuration has it in a value. Either it is left over, or another name was meant to be this one.',
    help: 'remove it, or use it where it was meant',
    related: others.map(({ directive, index }) => ({ message: 'defined here as well', span: spanOfArgument(directive, index) })),
    fix: { title: 'remove it', safety: 'unsafe', edits: all.map(({ directive }) => removeDirective(directive)) },
  });
}
