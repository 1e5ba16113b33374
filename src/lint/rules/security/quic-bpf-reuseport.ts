import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { sitesOf } from '../../../model/routes/sites.ts';
import { useIn, usesIn } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const quicBpfReuseport = defineRule({
  id: 'quic-bpf-reuseport',
  category: 'security',
  severity: 'warning',
  summary: 'quic_bpf with several workers and reuseport: after a reload connections get lost',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_v3_module.html', 'https://github.com/nginx/nginx/issues/425'],
  on: {
    quic_bpf({ directive, scope }, { model, report }) {
      const workers = useIn(scope, 'worker_processes')?.directive;
      if (directive.args[0] !== 'on' || !workers || workers.args[0] === '1') return;
      const listen = sitesOf(model)
        .all.flatMap((site) => usesIn(site.scope, 'listen'))
        .find(({ directive: { args } }) => args.includes('quic') && args.includes('reuseport'));
      if (!listen || effectiveOne(listen.scope, 'http3')?.directive.args[0] === 'off') return;
      report({
        span: spanOfHead(directive),
        message: 'new QUIC connections get lost after a reload',
        why: 'The sockets of the old workers stay in the group as long as one of those lives, and packets that come to them are not processed.',
        help: 'write "quic_bpf off;"',
        related: [
          { message: 'one socket for each worker', span: spanOfHead(listen.directive) },
          { message: 'more than one worker', span: spanOfHead(workers) },
        ],
        fix: { title: 'turn it off', safety: 'unsafe', edits: [replace(spanOfArgument(directive, 0), 'off')] },
      });
    },
  },
});
