import { isUnix } from '../../../model/address.ts';
import { type Retries, retriesOf, shownTime, type WorstCase, worstCase } from '../../../model/failover.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne, serverAround, settingScope } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import type { Scope } from '../../../model/scope.ts';
import { isChecked, usableServers } from '../../../model/server-parameters.ts';
import { insertAfter, insertBefore, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const settings = ['connect_timeout', 'next_upstream_tries', 'next_upstream_timeout'];

export const failoverLatencyBudget = defineRule({
  id: 'failover-latency-budget',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'servers that are gone keep a client waiting longer than anybody waits',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: { budgetSeconds: { default: 30, about: 'seconds that a failover may take' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream_timeout',
  ],
  needs: ['upstream'],
  check(context) {
    const budget = context.setting<number>('budgetSeconds') * 1000;
    for (const upstream of context.references.upstreams) {
      const servers = usableServers(upstream).filter(({ address: { host } }) => !isUnix(host) && !isNear(host));
      if (servers.length < 2 || isChecked(upstream)) continue;
      const done = new Set<Scope>();
      for (const pass of upstream.passes) {
        const retries = retriesOf(pass);
        const worst = worstCase(servers.length, retries, retries.connect);
        const isChosen = settings.some((name) => effectiveOne(pass.scope, `${pass.protocol}_${name}`));
        if (worst.attempts < 2 || worst.total <= budget || (!isChosen && servers.length < 3)) continue;
        const server = serverAround(pass.scope);
        if (done.has(server) || hasHoleAround(context.model.config, pass.scope)) continue;
        done.add(server);
        report(upstream, pass, retries, worst, context);
      }
    }
  },
});

/** A port of this machine that nobody listens on is refused at once. */
function isNear(host: string): boolean {
  return host.startsWith('127.') || host === 'localhost' || host === '::1';
}

function report(upstream: Upstream, pass: Pass, retries: Retries, worst: WorstCase, { report }: RuleContext): void {
  const { protocol, scope } = pass;
  const written = effectiveOne(scope, `${protocol}_connect_timeout`)?.directive;
  const connect = shownTime(retries.connect);
  const hanging = worstCase(worst.attempts, retries, retries.read);
  report({
    span: written ? spanOfHead(written) : spanOfArgument(pass.use.directive, 0),
    message: `a request to "${upstream.name}" may wait ${shownTime(worst.total)}: ${worst.attempts} ${limit(worst)} × ${connect} ${protocol}_connect_timeout${written ? '' : ' (the default)'} = ${shownTime(worst.total)}`,
    why: `A machine that is switched off, or behind a broken network, does not refuse a connection, it says nothing. ${
      pass.inStream
        ? ''
        : `With servers that take the request and hang it is ${hanging.attempts} × ${shownTime(retries.read)} ${protocol}_read_timeout = ${shownTime(hanging.total)}.`
    }`.trim(),
    help: `write "${protocol}_connect_timeout 3s;" and "${protocol}_next_upstream_timeout 10s;"`,
    related: [{ message: 'the servers', span: spanOfHead(upstream.use.directive) }],
    fix: { title: 'connect within 3 s, and give up after 10 s', safety: 'unsafe', edits: edits(pass) },
  });
}

function limit({ endedBy, attempts }: WorstCase): string {
  if (endedBy === 'tries') return 'tries';
  return endedBy === 'timeout' ? (attempts > 1 ? 'tries before the time is up' : 'try') : 'servers';
}

function edits({ scope, use, protocol }: Pass) {
  const connect = effectiveOne(scope, `${protocol}_connect_timeout`)?.directive;
  const time = effectiveOne(scope, `${protocol}_next_upstream_timeout`)?.directive;
  const lines = [
    ...(connect ? [] : [`${protocol}_connect_timeout 3s;`]),
    ...(time ? [] : [`${protocol}_next_upstream_timeout 10s;`]),
  ];
  const place = settingScope(scope);
  const [first] = place.uses;
  const insertion = place === scope || !first ? insertAfter(use.directive, lines) : insertBefore(first.directive, lines);
  return [
    ...(connect ? [replace(spanOfArgument(connect, 0), '3s')] : []),
    ...(time ? [replace(spanOfArgument(time, 0), '10s')] : []),
    ...(lines.length > 0 ? [insertion] : []),
  ];
}
