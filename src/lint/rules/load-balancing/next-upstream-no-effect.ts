import { isIp, isUnix } from '../../../model/address.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { usesIn } from '../../../model/scope.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const nextUpstreamNoEffect = defineRule({
  id: 'next-upstream-no-effect',
  category: 'load-balancing',
  severity: 'hint',
  summary: 'what to do about the next server, where there is only one',
  fixable: 'safe',
  presets: ['load-balancing', 'style'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  needs: passNames,
  check({ references, report }) {
    for (const pass of references.passes) {
      const only = onlyServer(pass);
      if (only === undefined) continue;
      for (const suffix of ['', '_tries', '_timeout']) {
        for (const { directive } of usesIn(pass.scope, `${pass.protocol}_next_upstream${suffix}`)) {
          if (directive.args[0] === 'off') continue;
          report({
            span: spanOfHead(directive),
            message: `"${only}" is the only server: there is no next one`,
            why: 'With one address a request is tried once, whatever this says.',
            help: 'leave it out, or pass to an upstream with several servers',
            related: [{ message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
            fix: { title: 'remove it', safety: 'safe', edits: [removeDirective(directive)] },
          });
        }
      }
    }
  },
});

/** The one address that everything here goes to; undefined when there are more, or may be (a name has several addresses). */
function onlyServer({ targets, upstreams }: Pass): string | undefined {
  if (targets?.length !== 1 || upstreams.length > 1) return undefined;
  const [upstream] = upstreams;
  if (upstream && upstream.servers.length > 1) return undefined;
  const { host } = (upstream ? upstream.servers[0]?.address : targets[0]) ?? {};
  return host !== undefined && (isIp(host) || isUnix(host)) ? host : undefined;
}
