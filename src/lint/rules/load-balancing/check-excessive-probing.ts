import type { Model } from '../../../model/build.ts';
import { shownTime } from '../../../model/failover.ts';
import { checkOf } from '../../../model/health-check.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { References, Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { defineRule } from '../../rule.ts';

export const checkExcessiveProbing = defineRule({
  id: 'check-excessive-probing',
  category: 'load-balancing',
  severity: 'info',
  summary: 'health checks so often that they are a load of their own',
  fixable: false,
  presets: ['load-balancing', 'performance'],
  settings: {
    minInterval: { default: 1000, about: 'milliseconds below which an interval is reported' },
    maxUpstreams: { default: 3, about: 'upstreams in which one server may be checked' },
  },
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  needs: ['upstream'],
  check({ references, model, setting, report }) {
    const least = setting<number>('minInterval');
    const most = setting<number>('maxUpstreams');
    for (const upstream of references.upstreams) {
      const use = useIn(upstream.scope, 'check');
      const check = checkOf(model, upstream);
      if (!use || !check || check.interval >= least) continue;
      const servers = usableServers(upstream).length;
      report({
        span: spanOfHead(use.directive),
        message: `each of the ${servers} servers is asked every ${shownTime(check.interval)}, ${Math.round((servers * 1000) / check.interval)} checks a second in all`,
        why: "Each check is a connection and a line in the back end's log; so short an interval also takes a server out for a hiccup.",
        help: 'an interval of 1000 to 5000 ms is enough: failed requests are tried elsewhere meanwhile',
      });
    }
    for (const [address, upstreams] of shared(references, model)) {
      const last = upstreams.at(-1);
      const use = last && useIn(last.scope, 'check');
      if (upstreams.length <= most || !use) continue;
      report({
        span: spanOfHead(use.directive),
        message: `${address} is checked in ${upstreams.length} upstreams, each for itself`,
        why: 'The module keeps a state for each upstream, and asks the same server once for each of them.',
        help: 'pass to one upstream, and tell the sites apart by Host',
      });
    }
  },
});

/** Servers by address and port, with the upstreams in which they are checked. */
function shared({ upstreams }: References, model: Model): ReadonlyMap<string, readonly Upstream[]> {
  const found = new Map<string, Upstream[]>();
  for (const upstream of upstreams) {
    if (!checkOf(model, upstream)) continue;
    for (const { address } of usableServers(upstream)) {
      const key = `${address.host}:${address.port || '80'}`;
      const known = found.get(key);
      if (!known) found.set(key, [upstream]);
      else if (known.at(-1) !== upstream) known.push(upstream);
    }
  }
  return found;
}
