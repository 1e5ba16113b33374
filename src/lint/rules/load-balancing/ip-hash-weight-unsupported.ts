import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, parametersOf } from '../../../model/server-parameters.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertAfter, removeWord } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule } from '../../rule.ts';

const mostCopies = 10;

export const ipHashWeightUnsupported = defineRule({
  id: 'ip-hash-weight-unsupported',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a weight under `ip_hash` in a release that knows none there',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/CHANGES-1.2', 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash'],
  needs: ['upstream'],
  check({ references, options, report }) {
    const { oldest } = releasesOf(options);
    if (isAtLeast(oldest, '1.3.1') || (isAtLeast(oldest, '1.2.2') && !isAtLeast(oldest, '1.3.0'))) return;
    for (const { scope, servers, inStream } of references.upstreams) {
      const method = useIn(scope, 'ip_hash');
      if (!method || inStream) continue;
      for (const server of servers) {
        const { directive } = server.use;
        const index = indexOf(server, 'weight');
        const { weight } = parametersOf(server);
        const word = directive.node.args[index];
        if (!word || weight < 2) continue;
        const line = `server ${directive.args.filter((_, at) => at !== index).join(' ')};`;
        const copies = Array.from({ length: weight - 1 }, () => line);
        report({
          span: spanOfArgument(directive, index),
          message: `ip_hash in nginx ${oldest} knows no weights`,
          why: 'nginx does not start; weights came to ip_hash with 1.3.1 and 1.2.2.',
          help: `write the line ${weight} times, or use a newer nginx`,
          nginx: `invalid parameter "${directive.args[index]}"`,
          related: [{ message: 'the balancing method', span: spanOfHead(method.directive) }],
          fix:
            weight <= mostCopies
              ? {
                  title: 'repeat the line',
                  safety: 'unsafe',
                  edits: [removeWord(directive, word), insertAfter(directive, copies)],
                }
              : undefined,
        });
      }
    }
  },
});
