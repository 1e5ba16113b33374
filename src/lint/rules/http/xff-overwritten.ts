import { effectiveOne, serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { effective, usesIn } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const xffOverwritten = defineRule({
  id: 'xff-overwritten',
  category: 'http',
  severity: 'info',
  summary: 'behind another proxy, and `X-Forwarded-For` is written anew',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  settings: { behindProxy: { default: false, about: 'true when all requests come through another proxy' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#var_proxy_add_x_forwarded_for'],
  on: {
    proxy_set_header(use, context) {
      const { directive, scope } = use;
      const [name = '', value = ''] = directive.args;
      if (name.toLowerCase() !== 'x-forwarded-for' || !/^\$\{?(?:remote_addr|realip_remote_addr)\}?$/i.test(value)) return;
      const evidence = proxyInFront(scope);
      if (!evidence && !context.setting<boolean>('behindProxy')) return;
      report(use, evidence, context);
    },
  },
});

/** What shows that clients come through another proxy: its addresses are trusted, or it speaks its protocol. */
function proxyInFront(scope: Scope): Use | undefined {
  const listens = usesIn(serverAround(scope), 'listen').find(({ directive }) => directive.args.includes('proxy_protocol'));
  return listens ?? effective(scope, 'set_real_ip_from')[0];
}

function report({ directive, scope }: Use, evidence: Use | undefined, context: RuleContext): void {
  const header = effectiveOne(scope, 'real_ip_header')?.directive.args[0];
  context.report({
    span: spanOfArgument(directive, 1),
    message: 'the proxies between the client and here are lost: X-Forwarded-For names one address only',
    why: header
      ? `The address is the one that ${header} gave. Back ends that count the proxies from the right now find one too few.`
      : 'The address is that of the proxy in front: for the back end all requests come from there.',
    help: 'write "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"',
    related: evidence && [{ message: 'requests come through another proxy', span: spanOfHead(evidence.directive) }],
    fix: {
      title: 'add to the header that came in',
      safety: 'unsafe',
      edits: [replace(spanOfArgument(directive, 1), '$proxy_add_x_forwarded_for')],
    },
  });
}
