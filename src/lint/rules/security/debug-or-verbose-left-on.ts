import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { removeDirective, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Variables that name machines and files behind nginx. */
const internals = /\$\{?(?:upstream_addr|server_addr|hostname|request_filename|document_root|realpath_root|proxy_host|pid)\b/;

export const debugOrVerboseLeftOn = defineRule({
  id: 'debug-or-verbose-left-on',
  category: 'security',
  severity: 'warning',
  summary: 'something that helps to find mistakes, and was left on',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  settings: { environment: { default: 'production', about: '"dev" where such things are wanted' } },
  references: [
    'https://nginx.org/en/docs/debugging_log.html',
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_dry_run',
    'https://nginx.org/en/docs/ngx_core_module.html#master_process',
  ],
  on: {
    error_log(use, context) {
      const level = use.directive.args.findIndex((arg, index) => index > 0 && /^debug(?:_|$)/.test(arg));
      if (level > 0 && use.directive.args[0] !== '/dev/null')
        tell(use, context, {
          message: 'the error log is written at the level of debugging',
          why: 'Every request fills pages of it where nginx is built with --with-debug: headers, cookies and passwords among them.',
          help: 'write "warn" or "error"',
          edit: replace(spanOfArgument(use.directive, level), 'warn'),
        });
    },
    debug_connection: (use, context) =>
      tell(use, context, {
        message: 'connections of some clients are logged at the level of debugging',
        why: 'The error log gets their headers, cookies and passwords, and grows fast.',
        help: 'remove it once the mistake is found',
        edit: removeDirective(use.directive),
      }),
    rewrite_log: (use, context) =>
      tellOn(
        use,
        context,
        'every rewrite is written to the error log',
        'It says little once the rules work, and fills the disk.',
      ),
    limit_req_dry_run: (use, context) => tellOn(use, context, 'requests over the limit are counted, and let through', notLimited),
    limit_conn_dry_run: (use, context) =>
      tellOn(use, context, 'connections over the limit are counted, and let through', notLimited),
    master_process(use, context) {
      if (use.directive.args[0] === 'off')
        tell(use, context, {
          message: 'nginx runs as one process',
          why: 'It is meant for those who develop nginx: no reload, no upgrade, nobody who starts a worker again that has died.',
          help: 'remove it',
          edit: removeDirective(use.directive),
        });
    },
    add_header(use, context) {
      const [name = '', value = ''] = use.directive.args;
      const variable = internals.exec(value)?.[0].replace('{', '');
      if (variable)
        tell(use, context, {
          message: `${name} shows ${variable} to every client`,
          why: 'It tells addresses, names or paths of what lies behind nginx.',
          help: 'write it into the access log instead',
          edit: removeDirective(use.directive),
        });
    },
  },
});

const notLimited = 'The limit looks as if it were in force, and is not.';

function tellOn(use: Use, context: RuleContext, message: string, why: string): void {
  if (use.directive.args[0] !== 'on') return;
  tell(use, context, { message, why, help: 'write "off"', edit: replace(spanOfArgument(use.directive, 0), 'off') });
}

interface Told {
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly edit: Edit;
}

function tell({ directive }: Use, { report, setting }: RuleContext, { edit, ...said }: Told): void {
  if (setting('environment') === 'dev') return;
  report({
    span: spanOfHead(directive),
    ...said,
    fix: { title: 'turn it off', safety: 'unsafe', edits: [edit] },
  });
}
