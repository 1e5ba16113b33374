import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfHead } from '../../../model/place.ts';
import { useIn, usesIn } from '../../../model/scope.ts';
import { server } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const listen443WithoutSsl = defineRule({
  id: 'listen-443-without-ssl',
  category: 'correctness',
  severity: 'warning',
  summary: 'port 443 without TLS',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/configuring_https_servers.html'],
  on: {
    listen({ directive, scope }, context) {
      const { args, node, source } = directive;
      if (!(scope.context & server) || !isPlain443(directive) || isTlsElsewhere(context) || useIn(scope, 'ssl')) return;
      const hasCertificate = useIn(scope, 'ssl_certificate') !== undefined;
      const end = (node.args.at(-1) ?? node.name).end;
      context.report({
        span: spanOfHead(directive),
        message: `"listen ${args[0]}" speaks plain HTTP on the port of HTTPS`,
        why: 'Browsers speak TLS there: nginx takes their first bytes for a bad request and answers 400.',
        help: 'write "ssl" behind the address',
        fix: hasCertificate
          ? { title: 'add ssl', safety: 'unsafe', edits: [{ span: { source, start: end, end }, text: ' ssl' }] }
          : undefined,
      });
    },
  },
});

function isPlain443({ args }: ConfigDirective): boolean {
  const [address = '', ...words] = args;
  return /^(?:.*:)?443$/.test(address) && !words.some((word) => /^(?:ssl|quic|proxy_protocol)$/.test(word));
}

const known = new WeakMap<RuleContext['model'], boolean>();

/** One `ssl` on a socket holds for all servers behind it (ngx_http_add_addresses); what is not here may have it. */
function isTlsElsewhere({ model }: RuleContext): boolean {
  let found = known.get(model);
  if (found === undefined) {
    found = !model.config.closed || hasTls(model.root);
    known.set(model, found);
  }
  return found;
}

function hasTls(scope: RuleContext['model']['root']): boolean {
  const listens = usesIn(scope, 'listen');
  return (
    (scope.directive?.name === 'server' &&
      listens.some(({ directive: { args } }) => /(?:^|:)443$/.test(args[0] ?? '') && args.includes('ssl', 1))) ||
    usesIn(scope, 'ssl').length > 0 ||
    scope.children.some((child) => child.context !== 0 && /^(?:http|server)$/.test(child.directive?.name ?? '') && hasTls(child))
  );
}
