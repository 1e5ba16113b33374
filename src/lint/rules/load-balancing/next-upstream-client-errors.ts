import { isIp } from '../../../model/address.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames, type Upstream } from '../../../model/references.ts';
import type { Use } from '../../../model/scope.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const errors = ['http_404', 'http_403'];

export const nextUpstreamClientErrors = defineRule({
  id: 'next-upstream-client-errors',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'what is not found on one server is looked for on all of them',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  needs: passNames,
  check({ references, report }) {
    const done = new Set<Use>();
    for (const pass of references.passes) {
      const use = effectiveOne(pass.scope, `${pass.protocol}_next_upstream`);
      const listed = use && !done.has(use) ? errors.filter((word) => use.directive.args.includes(word)) : [];
      const [first] = listed;
      const upstream = first === undefined ? undefined : pass.upstreams.find(areAlike);
      if (!use || !upstream || first === undefined) continue;
      done.add(use);
      const { directive } = use;
      const words = directive.node.args.filter(({ value }) => listed.includes(value));
      const count = usableServers(upstream).length;
      report({
        span: spanOfArgument(directive, directive.args.indexOf(first)),
        message: `one request for what does not exist becomes ${count}: each server of "${upstream.name}" is asked`,
        why: 'A 404 or 403 is the answer, and the other servers, which are alike, give the same. A scanner that tries a thousand paths makes the load of thousands; it takes no server out, as these answers do not count as failures.',
        help: `leave ${listed.join(' and ')} out`,
        related: [{ message: 'the servers', span: spanOfHead(upstream.use.directive) }],
        fix:
          words.length < directive.args.length
            ? {
                title: 'take the answer for what it is',
                safety: 'unsafe',
                edits: words.map((word) => removeWord(directive, word)),
              }
            : undefined,
      });
    }
  },
});

/** Addresses with one port and no reserve are servers of one kind; different ones may well have different content. */
function areAlike(upstream: Upstream): boolean {
  const servers = usableServers(upstream);
  const [first] = servers;
  return (
    servers.length > 1 &&
    servers.every(({ address, backup }) => !backup && isIp(address.host) && address.port === first?.address.port)
  );
}
