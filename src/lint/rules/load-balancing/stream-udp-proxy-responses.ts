import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { usesIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Ports whose protocols ask once and answer once: DNS, NTP, syslog, RADIUS, SNMP. */
const short = ['53', '123', '514', '1812', '1813', '161', '162'];

export const streamUdpProxyResponses = defineRule({
  id: 'stream-udp-proxy-responses',
  category: 'load-balancing',
  severity: 'info',
  summary: 'each datagram from a new port is a session of ten minutes',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_responses'],
  needs: passNames,
  check({ references, model, report }) {
    for (const { scope, use, inStream } of references.passes) {
      const listen = usesIn(scope, 'listen').find(({ directive }) => directive.args.includes('udp'));
      if (!inStream || !listen || hasHoleAround(model.config, scope)) continue;
      const port = /(?:^|:)(\d+)$/.exec(listen.directive.args[0] ?? '')?.[1] ?? '';
      if (port === '443' || ['proxy_responses', 'proxy_timeout'].some((name) => effectiveOne(scope, name))) continue;
      report({
        span: spanOfHead(listen.directive),
        message: `a session of port ${port} over UDP lasts ten minutes, whatever was answered`,
        why: 'UDP has no end: unless proxy_responses says how many datagrams answer a request, nginx waits for more until proxy_timeout, 10m by default, with a socket and memory for each client port.',
        help: short.includes(port)
          ? 'write "proxy_responses 1;" and "proxy_timeout 5s;"'
          : 'write a "proxy_timeout" that fits, and "proxy_responses" if requests have a known number of answers',
        fix: short.includes(port)
          ? {
              title: 'end a session after its answer, or 5 s',
              safety: 'unsafe',
              edits: [insertAfter(use.directive, ['proxy_responses 1;', 'proxy_timeout 5s;'])],
            }
          : undefined,
      });
    }
  },
});
