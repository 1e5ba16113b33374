import { retriesOf, shownTime } from '../../../model/failover.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { knowsHeaders } from '../../host-header.ts';
import { defineRule } from '../../rule.ts';
import { upgradeHeader } from '../../web-sockets.ts';

export const websocketReadTimeoutDefault = defineRule({
  id: 'websocket-read-timeout-default',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a WebSocket on which nothing is said for a minute is cut',
  fixable: false,
  presets: ['load-balancing'],
  settings: { minSeconds: { default: 60, about: 'seconds up to which a read timeout is reported' } },
  references: ['https://nginx.org/en/docs/http/websocket.html'],
  needs: passNames,
  check({ references, model, report, setting }) {
    const least = setting<number>('minSeconds') * 1000;
    for (const pass of references.passes) {
      const upgrade = pass.protocol === 'proxy' && !pass.inStream && upgradeHeader(pass);
      const { read } = retriesOf(pass);
      if (!upgrade || read > least) continue;
      const written = effectiveOne(pass.scope, 'proxy_read_timeout')?.directive;
      if (!written && !knowsHeaders(pass.scope, model)) continue;
      report({
        span: written ? spanOfHead(written) : spanOfArgument(pass.use.directive, 0),
        message: `an idle WebSocket is closed after ${shownTime(read)}${written ? '' : ', the default of proxy_read_timeout'}`,
        why: 'nginx counts the time between two reads from the back end, in a tunnel too. A client that only waits for news loses its connection.',
        help: 'write "proxy_read_timeout 1h;" for this location, or let the application send pings more often than that (and set minSeconds)',
        related: [{ message: 'WebSockets pass here', span: spanOfHead(upgrade.directive) }],
      });
    }
  },
});
