import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument, spanOfName } from '../../../model/place.ts';
import { type Scope, useIn, usesIn } from '../../../model/scope.ts';
import { http, server } from '../../../schema/contexts.ts';
import { insertAtStart, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const showing = ['on', 'build'];

export const serverTokens = defineRule({
  id: 'server-tokens',
  category: 'security',
  severity: 'info',
  summary: "every answer and error page tells nginx's version",
  fixable: 'safe',
  presets: ['recommended', 'security', 'cis'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens'],
  on: {
    server_tokens({ directive, scope }, { report }) {
      const [value = ''] = directive.args;
      if (!showing.includes(value) || hidesServer(scope)) return;
      const span = spanOfArgument(directive, 0);
      report({
        span,
        message: `server_tokens ${value}: answers tell nginx's version`,
        why,
        help: 'write "server_tokens off;"',
        fix: { title: 'hide the version', safety: 'safe', edits: [replace(span, 'off')] },
      });
    },
    http({ directive, opened }, context) {
      if (!opened || useIn(opened, 'server_tokens') || !showsByDefault(opened, context)) return;
      const edit = insertAtStart(directive, ['server_tokens off;']);
      context.report({
        span: spanOfName(directive),
        message: "answers tell nginx's version",
        why: `server_tokens is "on" unless something else is written. ${why}`,
        help: 'write "server_tokens off;" into the http block',
        fix: edit && { title: 'hide the version', safety: 'safe', edits: [edit] },
      });
    },
  },
});

const why = 'The header Server and the error pages name the release: who looks for servers with a known hole finds this one.';

/** A server that is left to the default. */
function showsByDefault(block: Scope, { model }: RuleContext): boolean {
  if (block.context !== http || hidesServer(block) || hasHoleAround(model.config, block)) return false;
  return block.children.some((child) => child.context === server && !useIn(child, 'server_tokens') && !hidesServer(child));
}

/** headers-more takes the header away, or writes another. */
function hidesServer(scope: Scope): boolean {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const more = [...usesIn(at, 'more_clear_headers'), ...usesIn(at, 'more_set_headers')];
    if (more.some(({ directive: { args } }) => args.some((arg) => /^server\b/i.test(arg)))) return true;
  }
  return false;
}
