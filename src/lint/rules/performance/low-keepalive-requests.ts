import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { upstream } from '../../../schema/contexts.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const lowKeepaliveRequests = defineRule({
  id: 'low-keepalive-requests',
  category: 'performance',
  severity: 'info',
  summary: 'connections of clients are closed after few requests',
  fixable: 'unsafe',
  presets: ['performance'],
  settings: { min: { default: 1000, about: 'fewer requests on a connection are reported' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_requests'],
  on: {
    keepalive_requests({ directive, scope }, { report, setting }) {
      const min = setting<number>('min');
      const requests = Number(directive.args[0]);
      if (!(requests < min) || scope.context === upstream) return;
      report({
        span: spanOfHead(directive),
        message:
          requests === 0 ? 'every connection is closed after one request' : `connections are closed after ${requests} requests`,
        why: 'A page with many parts over HTTP/2 uses them up at once: the client has to connect and shake hands again, and some clients report an error.',
        help: `write "keepalive_requests ${min};", or nothing: 1000 is the default since 1.19.10`,
        fix: { title: `close after ${min}`, safety: 'unsafe', edits: [replace(spanOfArgument(directive, 0), String(min))] },
      });
    },
  },
});
