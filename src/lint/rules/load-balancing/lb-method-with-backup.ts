import { allowsBackup, methodsOf } from '../../../model/balancing.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Upstream, UpstreamServer } from '../../../model/references.ts';
import type { Use } from '../../../model/scope.ts';
import { removeWord } from '../../insert.ts';
import { defineRule, type Finding } from '../../rule.ts';

const words = 'balancing method does not support parameter "backup"';

export const lbMethodWithBackup = defineRule({
  id: 'lb-method-with-backup',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a `backup` server under ip_hash, hash or random, which know no backups',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',
  ],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      for (const server of upstream.servers) {
        const finding = server.backup && findingFor(upstream, server);
        if (finding) report(finding);
      }
    }
  },
});

/** The method above the line decides what nginx accepts; the last one decides who serves. */
function findingFor(upstream: Upstream, server: UpstreamServer): Finding | undefined {
  const uses = upstream.scope.uses;
  const methods = methodsOf(upstream);
  const above = methods.findLast((method) => uses.indexOf(method) < uses.indexOf(server.use));
  if (above && !allowsBackup(above)) return refused(above, server);
  const last = methods.at(-1);
  return last && !allowsBackup(last) ? slippedThrough(last, server) : undefined;
}

function refused(method: Use, server: UpstreamServer): Finding {
  const { name } = method.directive;
  return {
    ...common(method, server),
    message: `${name} does not support the parameter "backup"`,
    why: 'nginx does not start: the method knows no reserve, all servers it hashes over take part all the time.',
    nginx: words,
  };
}

function slippedThrough(method: Use, server: UpstreamServer): Finding {
  const { name } = method.directive;
  return {
    ...common(method, server),
    severity: 'warning',
    message: `"backup" above ${name} is accepted, and hardly ever used`,
    why: `nginx checks the parameter before it reads ${name}, so this loads; the server then gets a request only after 20 failed tries of ${name}, not as soon as the others are down.`,
  };
}

function common(method: Use, server: UpstreamServer) {
  const { directive } = server.use;
  const index = directive.args.indexOf('backup');
  const word = directive.node.args[index];
  return {
    span: spanOfArgument(directive, index),
    help: 'leave "backup" out, or use a method that knows backups: the default round robin, or least_conn',
    related: [{ message: 'the balancing method', span: spanOfHead(method.directive) }],
    fix: word && { title: 'remove "backup"', safety: 'unsafe' as const, edits: [removeWord(directive, word)] },
  };
}
