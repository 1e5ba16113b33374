import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { internalSuffixes, kindOfHost } from '../../../model/host-names.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Upstream, UpstreamServer } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertBefore, insertWord } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const severities = { cloud: 'warning', public: 'info', single: 'info', internal: 'hint' } as const;

export const upstreamServerStaticDns = defineRule({
  id: 'upstream-server-static-dns',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a server by name, whose address is looked up once, when nginx starts',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: { internalSuffixes: { default: internalSuffixes, about: 'ends of names that keep their addresses' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve'],
  needs: ['upstream'],
  check(context) {
    const internal = context.setting<readonly string[]>('internalSuffixes');
    for (const upstream of context.references.upstreams) {
      for (const server of upstream.servers) {
        const { host } = server.address;
        const kind = kindOfHost(host, internal);
        if (kind === 'address' || kind === 'local' || host === '' || host.includes('$')) continue;
        if (!server.down && !server.use.directive.args.includes('resolve')) report(upstream, server, severities[kind], context);
      }
    }
  },
});

function report(
  upstream: Upstream,
  server: UpstreamServer,
  severity: 'warning' | 'info' | 'hint',
  { options, report }: RuleContext,
): void {
  const { host } = server.address;
  const canResolve = isAtLeast(releasesOf(options).newest, '1.27.3');
  const hasResolver = effectiveOne(upstream.scope, 'resolver') !== undefined;
  const name = upstream.inStream ? '$backend:PORT' : 'http://$backend';
  report({
    span: spanOfArgument(server.use.directive, 0),
    severity,
    message: `the address of "${host}" is looked up once, when nginx starts or reloads`,
    why: 'When the name gets another address (a load balancer that grows, a container that is made anew), nginx goes on with the old one; and it does not start while the name cannot be looked up.',
    help: canResolve
      ? `write "server ${server.use.directive.args[0]} resolve;" with a zone${hasResolver ? '' : ' and a resolver'} (nginx 1.27.3)`
      : `before nginx 1.27.3 only a variable is looked up again: "set $backend ${host}; proxy_pass ${name};" with a resolver`,
    fix: canResolve && hasResolver ? { title: 'look it up again', safety: 'unsafe', edits: edits(upstream, server) } : undefined,
  });
}

function edits({ scope, name }: Upstream, { use: { directive } }: UpstreamServer): readonly Edit[] {
  const [first] = scope.uses;
  const zone = useIn(scope, 'zone') || !first ? [] : [insertBefore(first.directive, [`zone ${name.replace(/\W/g, '_')} 64k;`])];
  return [...zone, insertWord(directive, directive.args.length - 1, 'resolve')];
}
