import { spanOfArgument } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { defineRule } from '../../rule.ts';

export const variableUpstreamBypassesBalancing = defineRule({
  id: 'variable-upstream-bypasses-balancing',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a variable chooses a host or an address, for which nothing is kept from one request to the next',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  needs: passNames,
  check({ references, report }) {
    for (const { use, targets, upstreams, inStream } of references.passes) {
      const text = use.directive.args[0] ?? '';
      const host = /^(?:\w+:\/\/)?([^/]*)/.exec(text)?.[1] ?? '';
      if (!host.includes('$') || !targets) continue;
      const names = new Set(upstreams.map(({ name }) => name.toLowerCase()));
      const outside = targets.filter((target) => target.host !== '' && (target.port !== '' || !names.has(target.host)));
      const [first] = outside;
      if (!first) continue;
      report({
        span: spanOfArgument(use.directive, 0),
        message: `"${first.host}${first.port && `:${first.port}`}"${outside.length > 1 ? ` and ${outside.length - 1} more` : ''} is no upstream: each request stands alone`,
        why: `No connection is kept${inStream ? '' : ' for the next request'}, no failure is counted, and a server that is dead is tried again by every request.`,
        help: 'define an upstream for each and let the variable hold their names',
      });
    }
  },
});
