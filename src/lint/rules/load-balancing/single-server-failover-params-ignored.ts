import { isIp, isUnix } from '../../../model/address.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { indexOf } from '../../../model/server-parameters.ts';
import { removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const ignored = ['max_fails', 'fail_timeout', 'slow_start'];

export const singleServerFailoverParamsIgnored = defineRule({
  id: 'single-server-failover-params-ignored',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'limits on failures for the only server there is, which nginx never takes out',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const { servers, scope, name } of references.upstreams) {
      const [server] = servers;
      if (!server || servers.length > 1 || server.backup || hasHoleAround(model.config, scope)) continue;
      const { directive } = server.use;
      const found = ignored.map((word) => indexOf(server, word)).filter((index) => index >= 0);
      const [first] = found;
      if (first === undefined) continue;
      const { host } = server.address;
      const isOne = isIp(host) || isUnix(host);
      const words = found.flatMap((index) => directive.node.args[index] ?? []);
      report({
        span: spanOfArgument(directive, first),
        severity: isOne ? undefined : 'info',
        message: `${found.map((index) => directive.args[index]).join(' and ')} ${found.length > 1 ? 'have' : 'has'} no effect: "${name}" has one server${isOne ? '' : ', unless its name has several addresses'}`,
        why: 'nginx never takes the only server out: its failures are not counted, and the next request goes there again.',
        help: 'leave it out, or add a second server',
        fix: isOne
          ? { title: 'remove what has no effect', safety: 'safe', edits: words.map((word) => removeWord(directive, word)) }
          : undefined,
      });
    }
  },
});
