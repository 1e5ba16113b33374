import { hasHoleAround } from '../../../model/holes.ts';
import { serverAround, settingScope } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { effective, type Scope } from '../../../model/scope.ts';
import { insertAfter, insertBefore } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const lines = [
  'proxy_next_upstream error timeout http_502 http_503;',
  'proxy_next_upstream_tries 2;',
  'proxy_next_upstream_timeout 10s;',
];

export const missingNextUpstream = defineRule({
  id: 'missing-next-upstream',
  category: 'load-balancing',
  severity: 'info',
  summary: 'several back ends, and a 502 or 503 of one of them goes straight to the client',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      if (upstream.inStream || upstream.servers.filter(({ down }) => !down).length < 2) continue;
      for (const passes of byServer(upstream.passes.filter((pass) => leavesIt(pass, context))))
        reportOnce(upstream, passes, context);
    }
  },
});

function leavesIt({ protocol, scope }: Pass, { model }: RuleContext): boolean {
  return protocol === 'proxy' && effective(scope, 'proxy_next_upstream').length === 0 && !hasHoleAround(model.config, scope);
}

/** One finding for each upstream and server block, however many locations pass to it. */
function reportOnce(upstream: Upstream, passes: readonly Pass[], { report }: RuleContext): void {
  const [first, ...others] = passes;
  if (!first) return;
  report({
    span: spanOfArgument(first.use.directive, 0),
    message: `no proxy_next_upstream for the ${upstream.servers.length} servers of "${upstream.name}"`,
    why: 'By default only a failed connection or a timeout moves a request on to the next server; the 502 or 503 of a back end that is starting, stopping or out of workers is what the client gets.',
    help: `write "${lines[0]}", with a limit on tries and time`,
    related: others.map(({ use }) => ({ message: 'here as well', span: spanOfArgument(use.directive, 0) })),
    fix: { title: 'try the next server on 502 and 503', safety: 'unsafe', edits: edits(passes) },
  });
}

function edits(passes: readonly Pass[]) {
  const places = new Map<Scope, Pass>();
  for (const pass of passes) if (!places.has(settingScope(pass.scope))) places.set(settingScope(pass.scope), pass);
  return [...places].map(([scope, { scope: own, use }]) => {
    const [first] = scope.uses;
    return scope === own || !first ? insertAfter(use.directive, lines) : insertBefore(first.directive, lines);
  });
}

function byServer(passes: readonly Pass[]): readonly (readonly Pass[])[] {
  const groups = new Map<Scope, Pass[]>();
  for (const pass of passes) {
    const server = serverAround(pass.scope);
    const group = groups.get(server);
    if (group) group.push(pass);
    else groups.set(server, [pass]);
  }
  return [...groups.values()];
}
