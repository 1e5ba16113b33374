import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { tlsSitesOf } from '../../../model/routes/tls-sites.ts';
import { effective, useIn, usesIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertAfter } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule } from '../../rule.ts';

export const missingSslProtocols = defineRule({
  id: 'missing-ssl-protocols',
  category: 'tls',
  severity: 'info',
  summary: 'nothing is said of the versions of TLS, and before nginx 1.27.3 TLS 1.0 and 1.1 are among the default ones',
  fixable: 'unsafe',
  presets: ['security', 'cis', 'stig'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols'],
  check({ model, options, report }) {
    if (isAtLeast(releasesOf(options).oldest, '1.27.3')) return;
    const open = [...tlsSitesOf(model)].filter(
      ({ scope }) =>
        effective(scope, 'ssl_protocols').length === 0 && !hasHoleAround(model.config, scope) && useIn(scope, 'listen'),
    );
    const [first, ...others] = open.flatMap(({ at, scope }) => {
      const listens = usesIn(scope, 'listen');
      const listen = listens.find(({ directive: { args } }) => args.includes('ssl')) ?? listens[0];
      return at && listen ? [listen.directive] : [];
    });
    if (!first) return;
    report({
      span: spanOfHead(first),
      message: 'clients may connect with TLS 1.0 and 1.1',
      why: 'No ssl_protocols is in force, and until 1.27.3 the default is "TLSv1 TLSv1.1 TLSv1.2", since 1.23.4 with TLSv1.3.',
      help: 'write "ssl_protocols TLSv1.2 TLSv1.3;", best in http',
      related: others.slice(0, 8).map((listen) => ({ message: 'here as well', span: spanOfHead(listen) })),
      fix: {
        title: 'take TLS 1.2 and 1.3',
        safety: 'unsafe',
        edits: [first, ...others].map((listen) => insertAfter(listen, ['ssl_protocols TLSv1.2 TLSv1.3;'])),
      },
    });
  },
});
