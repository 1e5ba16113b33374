import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { scopesWithin, type Use, useIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const kinds = [
  { declares: 'limit_req_zone', applies: 'limit_req', zoneOf: (args: readonly string[]) => afterEquals(args, 'zone') },
  { declares: 'limit_conn_zone', applies: 'limit_conn', zoneOf: ([zone = '']: readonly string[]) => zone },
];

export const unusedRateLimit = defineRule({
  id: 'unused-rate-limit',
  category: 'security',
  severity: 'warning',
  summary: 'a limit is declared, and no request is ever limited by it',
  fixable: false,
  presets: ['recommended', 'cis'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req',
    'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html#limit_conn',
  ],
  check(context) {
    const uses = scopesWithin(context.model.root).flatMap((scope) =>
      scope.uses.filter(({ directive }) => directive.name.startsWith('limit_')),
    );
    for (const { declares, applies, zoneOf } of kinds) {
      const applied = uses.filter(({ directive }) => directive.name === applies);
      const zones = new Set(applied.map(({ directive }) => zoneOf(directive.args)));
      if (context.model.config.closed && context.model.root.directive === null) {
        for (const use of uses) if (use.directive.name === declares) unused(use, applies, zones, context);
      }
      for (const use of applied) answeredBefore(use, context);
    }
    for (const use of uses) if (/^limit_(req|conn)_dry_run$/.test(use.directive.name)) dryRun(use, context);
  },
});

function unused({ directive }: Use, applies: string, zones: ReadonlySet<string>, { report }: RuleContext): void {
  const zone = afterEquals(directive.args, 'zone').split(':')[0] ?? '';
  if (zone === '' || zones.has(zone)) return;
  report({
    span: spanOfHead(directive),
    message: `no ${applies} uses the zone "${zone}"`,
    why: 'A zone alone limits nothing; requests come through as fast as clients send them.',
    help:
      applies === 'limit_req'
        ? `write "limit_req zone=${zone} burst=20 nodelay;" where it should hold`
        : `write "limit_conn ${zone} 10;" where it should hold`,
  });
}

/** `return` answers in the rewrite phase, and limits come after that. */
function answeredBefore({ directive, scope }: Use, { report }: RuleContext): void {
  const answer = scope.directive?.name === 'location' || scope.directive?.name === 'server' ? useIn(scope, 'return') : undefined;
  if (!answer) return;
  report({
    span: spanOfHead(directive),
    message: `"${directive.name}" is never asked here: "return" has answered before`,
    why: 'nginx runs return and rewrite before it looks at limits.',
    help: 'remove it, or let a location answer that does not return',
    related: [{ message: 'this answers every request', span: spanOfHead(answer.directive) }],
  });
}

function dryRun({ directive }: Use, { report }: RuleContext): void {
  if (directive.args[0] !== 'on') return;
  report({
    span: spanOfArgument(directive, 0),
    message: 'limits are only tried out: nobody is limited',
    why: 'In a dry run nginx counts and writes what it would have done to the log.',
    help: 'remove the line when the numbers are right',
  });
}

function afterEquals(args: readonly string[], name: string): string {
  return args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
