import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { main } from '../../../schema/contexts.ts';
import { insertAtStart } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const line = 'client_max_body_size 10m;';

export const clientMaxBodySizeDefault = defineRule({
  id: 'client-max-body-size-default',
  category: 'reliability',
  severity: 'hint',
  summary: 'nothing limits what clients may send, or nothing says how much they may: by default 1 MB',
  fixable: 'unsafe',
  presets: ['recommended', 'cis'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size'],
  on: {
    client_max_body_size({ directive }, { report }) {
      if (!/^0+[kmg]?$/i.test(directive.args[0] ?? '')) return;
      report({
        span: spanOfHead(directive),
        severity: 'info',
        message: 'clients may send as much as they like',
        why: 'The body of a request is kept in a temporary file until it is there: a few clients can fill the disk.',
        help: 'write the largest size that you expect',
      });
    },
  },
  needs: passNames,
  check: reportDefault,
});

/** Once: the first place that passes requests on without a limit of its own. */
function reportDefault({ model, references, report }: RuleContext): void {
  if (model.root.context !== main) return;
  const pass = references.passes.find(
    ({ inStream, scope }) => !inStream && !effectiveOne(scope, 'client_max_body_size') && !hasHoleAround(model.config, scope),
  );
  const http = model.root.uses.find(({ directive }) => directive.name === 'http');
  if (!pass || !http) return;
  const edit = effectiveOne(http.opened ?? pass.scope, 'client_max_body_size')
    ? undefined
    : insertAtStart(http.directive, [line]);
  report({
    span: spanOfArgument(pass.use.directive, 0),
    message: 'a client that sends more than 1 MB gets 413',
    why: 'client_max_body_size is 1m unless it is written; the back end never sees such a request.',
    help: `write "${line}" or whatever uploads need, also if it is 1m`,
    fix: edit && { title: 'let clients send 10 MB', safety: 'unsafe', edits: [edit] },
  });
}
