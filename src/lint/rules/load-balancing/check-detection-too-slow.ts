import { shownTime } from '../../../model/failover.ts';
import { checkOf, checkPeriod, detectionTime } from '../../../model/health-check.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { defineRule } from '../../rule.ts';

export const checkDetectionTooSlow = defineRule({
  id: 'check-detection-too-slow',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a health check that takes long to notice a dead server',
  fixable: false,
  presets: ['load-balancing'],
  settings: { maxSeconds: { default: 30, about: 'seconds until a dead server has to be out' } },
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  needs: ['upstream'],
  check({ references, model, setting, report }) {
    for (const upstream of references.upstreams) {
      const use = useIn(upstream.scope, 'check');
      const check = checkOf(model, upstream);
      if (!use || !check || isCountedToo(upstream)) continue;
      const { most } = detectionTime(check);
      if (most <= setting<number>('maxSeconds') * 1000) continue;
      const { interval, timeout, fall } = check;
      const first = shownTime(checkPeriod(interval, 1));
      const later = shownTime(checkPeriod(interval, timeout));
      const sum = fall > 1 ? `${first} + ${fall - 1} × ${later} + ${shownTime(timeout)}` : `${first} + ${shownTime(timeout)}`;
      report({
        span: spanOfHead(use.directive),
        message: `a dead server is out after up to ${sum} = ${shownTime(most)} (fall=${fall}, interval=${interval})`,
        why: `A check begins one to one and a half intervals after the last one, and a host that says nothing uses up the timeout of each. ${
          usableServers(upstream).some((server) => parametersOf(server).maxFails > 0)
            ? "Until then clients' requests find out, once every fail_timeout."
            : 'Until then the server gets its share of requests, as max_fails=0 leaves everything to the check.'
        }`,
        help: 'a shorter interval and fewer failures: "check interval=3000 rise=2 fall=3 timeout=1000 …"',
      });
    }
  },
});

/** True when failures of requests are counted as well, on purpose, and take the server out sooner. */
function isCountedToo(upstream: Upstream): boolean {
  return usableServers(upstream).every((server) => indexOf(server, 'max_fails') >= 0 && parametersOf(server).maxFails > 0);
}
