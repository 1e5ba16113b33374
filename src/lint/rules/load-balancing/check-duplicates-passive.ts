import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { UpstreamServer } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { insertWord, removeWord, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const checkDuplicatesPassive = defineRule({
  id: 'check-duplicates-passive',
  category: 'load-balancing',
  severity: 'info',
  summary: 'health checks and a count of failed requests, which need not agree',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: {
    includeDefaults: { default: false, about: 'whether servers without max_fails, whose default is 1, are reported as well' },
  },
  references: [
    'https://github.com/yaoweibin/nginx_upstream_check_module#check',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails',
  ],
  needs: ['upstream'],
  check({ references, setting, report }) {
    for (const upstream of references.upstreams) {
      const check = useIn(upstream.scope, 'check');
      const servers = usableServers(upstream).filter((server) => parametersOf(server).maxFails > 0);
      if (!check || usableServers(upstream).length < 2) continue;
      const written = servers.filter((server) => parameterOf(server) >= 0);
      const [first = setting<boolean>('includeDefaults') ? servers[0] : undefined] = written;
      if (!first) continue;
      const { maxFails, failTimeout } = parametersOf(first);
      const index = parameterOf(first);
      report({
        span: spanOfArgument(first.use.directive, Math.max(0, index)),
        severity: index < 0 ? 'hint' : undefined,
        message: `${maxFails} failed request${maxFails > 1 ? 's' : ''} take${maxFails > 1 ? '' : 's'} a server out for ${failTimeout} s, whatever its health check says`,
        why: 'A few slow answers eject a server that the check calls healthy, and after that time it comes back without being asked: under load it flaps.',
        help: 'write "max_fails=0" on each server, and let the check decide',
        related: [
          { message: 'the check', span: spanOfHead(check.directive) },
          ...written
            .slice(1)
            .map((server) => ({ message: 'here as well', span: spanOfArgument(server.use.directive, parameterOf(server)) })),
        ],
        fix: { title: 'let the check decide alone', safety: 'unsafe', edits: servers.flatMap(edits) },
      });
    }
  },
});

/** Where `max_fails=` is written, or else `fail_timeout=`; -1 when neither is. */
function parameterOf(server: UpstreamServer): number {
  const index = indexOf(server, 'max_fails');
  return index >= 0 ? index : indexOf(server, 'fail_timeout');
}

function edits(server: UpstreamServer) {
  const { directive } = server.use;
  const index = indexOf(server, 'max_fails');
  const timeout = directive.node.args[indexOf(server, 'fail_timeout')];
  const fails = index < 0 ? insertWord(directive, 0, 'max_fails=0') : replace(spanOfArgument(directive, index), 'max_fails=0');
  return [fails, ...(timeout ? [removeWord(directive, timeout)] : [])];
}
