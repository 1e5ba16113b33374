import { shownTime } from '../../../model/failover.ts';
import { checkOf, checkPeriod, coldStart } from '../../../model/health-check.ts';
import { spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { insertWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const checkColdStartDown = defineRule({
  id: 'check-cold-start-down',
  category: 'load-balancing',
  severity: 'info',
  summary: 'after a start every server is down until it has been checked often enough',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  settings: { maxSeconds: { default: 0, about: 'seconds without a server that are accepted' } },
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  needs: ['upstream'],
  check({ references, model, setting, report }) {
    for (const upstream of references.upstreams) {
      const use = useIn(upstream.scope, 'check');
      const check = checkOf(model, upstream);
      if (!use || !check?.defaultDown) continue;
      const { most } = coldStart(check);
      if (most <= setting<number>('maxSeconds') * 1000) continue;
      const first = shownTime(Math.max(check.interval, 1000));
      const next = shownTime(checkPeriod(check.interval, 1));
      const sum = check.rise > 1 ? ` (${first} for the first check + ${check.rise - 1} × ${next})` : '';
      report({
        span: spanOfHead(use.directive),
        message: `after a start all requests get 502 for up to ${shownTime(most)}${sum}`,
        why: `With default_down=true, the default, a server is down until rise=${check.rise} checks have succeeded; the first comes at a random moment within an interval, the next one to one and a half intervals later. New addresses after a reload begin in the same way.`,
        help: 'write "default_down=false": servers are then up until a check says otherwise',
        fix: {
          title: 'begin with servers that are up',
          safety: 'unsafe',
          edits: [insertWord(use.directive, use.directive.args.length - 1, 'default_down=false')],
        },
      });
    }
  },
});
