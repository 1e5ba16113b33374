import type { Model } from '../../../model/build.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { effective, type Scope, scopesWithin, type Use, usesIn } from '../../../model/scope.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { main } from '../../../schema/contexts.ts';
import { insertWord } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const lbLogFormatMissingUpstream = defineRule({
  id: 'lb-log-format-missing-upstream',
  category: 'load-balancing',
  severity: 'info',
  summary: 'several servers, and a log that does not say which one answered',
  fixable: 'unsafe',
  presets: ['load-balancing', 'cis'],
  settings: { required: { default: ['upstream_addr', 'upstream_status'], about: 'variables that a log format should have' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#variables',
  ],
  needs: passNames,
  check(context) {
    // Formats and logs are written in nginx.conf: of a file that it includes nothing is known.
    if (context.model.root.context !== main) return;
    const formats = formatsIn(context.model);
    const done = new Set<Scope>();
    for (const pass of context.references.passes) {
      const server = serverAround(pass.scope);
      if (pass.inStream || done.has(server) || hasHoleAround(context.model.config, pass.scope)) continue;
      if (!pass.upstreams.some((upstream) => usableServers(upstream).length > 1)) continue;
      if (checkPass(pass, formats, context)) done.add(server);
    }
  },
});

/** True when it was reported. */
function checkPass(pass: Pass, formats: ReadonlyMap<string, Use>, { setting, report }: RuleContext): boolean {
  const logs = effective(pass.scope, 'access_log').filter(({ directive }) => directive.args[0] !== 'off');
  const isOff = effective(pass.scope, 'access_log').length > 0 && logs.length === 0;
  if (isOff) return false;
  const used = logs.map((log) => formats.get(log.directive.args.slice(1).find((word) => !word.includes('=')) ?? 'combined'));
  const missing = setting<readonly string[]>('required').filter((name) => !used.some((format) => format && shows(format, name)));
  const [log] = logs;
  const [format] = used;
  if (missing.length === 0 || used.some((one) => one?.directive.args[1] === 'escape=json')) return false;
  const variables = missing.map((name) => `$${name}`).join(' ');
  report({
    span: format ? spanOfArgument(format.directive, 0) : log ? spanOfHead(log.directive) : spanOfArgument(pass.use.directive, 0),
    message: `${format ? `the format "${format.directive.args[0]}"` : 'the format "combined"'} does not show ${variables}`,
    why: 'When one of several servers answers slowly or with errors, the log does not tell which, nor that a request was tried on more than one.',
    help: `add ${variables}, and $upstream_response_time`,
    related: log && [
      { message: `requests to "${pass.upstreams[0]?.name}" pass here`, span: spanOfArgument(pass.use.directive, 0) },
    ],
    fix: format && {
      title: 'log who answered',
      safety: 'unsafe',
      edits: [insertWord(format.directive, format.directive.args.length - 1, `' ${variables} $upstream_response_time'`)],
    },
  });
  return true;
}

function shows({ directive }: Use, variable: string): boolean {
  return directive.args.some((word) => word.includes(`$${variable}`) || word.includes(`\${${variable}}`));
}

function formatsIn({ root }: Model): ReadonlyMap<string, Use> {
  const formats = new Map<string, Use>();
  for (const scope of scopesWithin(root)) {
    for (const use of usesIn(scope, 'log_format')) formats.set(use.directive.args[0] ?? '', use);
  }
  return formats;
}
