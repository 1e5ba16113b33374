import { requestsThatEject, retriesOf } from '../../../model/failover.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, isChecked, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { insertWord, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const counted = ['http_500', 'http_502', 'http_503', 'http_504', 'http_429'];

export const nextUpstreamHttpErrorEjectsServers = defineRule({
  id: 'next-upstream-http-error-ejects-servers',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a URL that fails everywhere takes every server out, and with them the whole site',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: { minMaxFails: { default: 2, about: 'max_fails from which on nothing is reported' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails',
  ],
  needs: ['upstream'],
  check(context) {
    const enough = context.setting<number>('minMaxFails');
    for (const upstream of context.references.upstreams) {
      if (upstream.inStream || isChecked(upstream)) continue;
      const servers = usableServers(upstream);
      const fails = servers.map((server) => parametersOf(server).maxFails);
      if (fails.every((count) => count === 0 || count >= enough)) continue;
      const known = new Map<number, number | undefined>();
      for (const pass of upstream.passes) {
        const retries = retriesOf(pass);
        if (listed(pass).length === 0) continue;
        if (!known.has(retries.tries)) known.set(retries.tries, requestsThatEject(upstream, retries));
        const requests = known.get(retries.tries);
        if (requests === undefined) continue;
        report(upstream, pass, requests, context);
        break;
      }
    }
  },
});

/** The answers that count as failures among the reasons that are written down. */
function listed({ scope, protocol }: Pass): readonly string[] {
  const args = effectiveOne(scope, `${protocol}_next_upstream`)?.directive.args ?? [];
  return args.filter((word) => counted.includes(word));
}

function report(upstream: Upstream, pass: Pass, requests: number, { report }: RuleContext): void {
  const retries = retriesOf(pass);
  const use = effectiveOne(pass.scope, `${pass.protocol}_next_upstream`);
  const [reason = ''] = listed(pass);
  if (!use) return;
  const servers = usableServers(upstream);
  const tries = retries.tries > 0 ? Math.min(retries.tries, servers.length) : servers.length;
  const seconds = servers.reduce((least, server) => Math.min(least, parametersOf(server).failTimeout), Number.POSITIVE_INFINITY);
  report({
    span: spanOfArgument(use.directive, use.directive.args.indexOf(reason)),
    message: `${requests} request${requests > 1 ? 's' : ''} to a URL that answers ${reason.slice(5)} everywhere take${requests > 1 ? '' : 's'} all ${servers.length} servers of "${upstream.name}" out for ${seconds} s`,
    why: `${sum(upstream, tries, requests)} Then every request, to any URL, gets 502: "no live upstreams"${useIn(upstream.scope, 'zone') ? '.' : ' (in each worker process for itself, as there is no zone).'}`,
    help: `let more failures pass, "max_fails=${Math.max(3, 2 * servers.length)}" on each server, or leave ${reason} out: it is the application's own mistake more often than the server's`,
    related: [
      { message: 'the servers', span: spanOfHead(upstream.use.directive) },
      { message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) },
    ],
    fix: {
      title: 'take a server out after more failures',
      safety: 'unsafe',
      edits: servers.map((server) => edit(server, Math.max(3, 2 * servers.length))),
    },
  });
}

/** The arithmetic, for servers that are all alike in words, otherwise as a total. */
function sum(upstream: Upstream, tries: number, requests: number): string {
  const servers = usableServers(upstream);
  const needed = servers.reduce((total, server) => total + parametersOf(server).maxFails, 0);
  return `${servers.length} servers have ${needed} failure${needed > 1 ? 's' : ''} to give (max_fails); each such request is tried on ${tries} and counts ${tries - 1}, the last answer being passed on, or ${tries > 2 ? 'fewer' : 'one'} once servers are missing: ${requests} request${requests > 1 ? 's' : ''}.`;
}

function edit(server: Upstream['servers'][number], maxFails: number) {
  const { directive } = server.use;
  const index = indexOf(server, 'max_fails');
  const text = `max_fails=${maxFails}`;
  return index < 0 ? insertWord(directive, 0, text) : replace(spanOfArgument(directive, index), text);
}
