import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { tlsSitesOf } from '../../../model/routes/tls-sites.ts';
import { effective, type Use } from '../../../model/scope.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const sslStaplingLetsencrypt = defineRule({
  id: 'ssl-stapling-letsencrypt',
  category: 'tls',
  severity: 'info',
  summary: "OCSP stapling for a certificate of Let's Encrypt, which answers no OCSP any longer",
  fixable: 'unsafe',
  presets: ['recommended', 'cis'],
  settings: { paths: { default: ['/etc/letsencrypt/'], about: "where certificates of Let's Encrypt lie" } },
  references: ['https://letsencrypt.org/2024/12/05/ending-ocsp'],
  needs: ['ssl_stapling'],
  check({ model, report, setting }) {
    const paths = setting<readonly string[]>('paths');
    const said = new Set<Use>();
    for (const { scope } of tlsSitesOf(model)) {
      const use = effectiveOne(scope, 'ssl_stapling');
      if (use?.directive.args[0] !== 'on' || said.has(use) || effective(scope, 'ssl_stapling_file').length > 0) continue;
      const certificates = effective(scope, 'ssl_certificate').map(({ directive }) => directive);
      const [theirs] = certificates.filter(({ args }) => paths.some((path) => args[0]?.startsWith(path)));
      if (!theirs || certificates.length > 1) continue;
      said.add(use);
      report({
        span: spanOfHead(use.directive),
        message: 'nothing is stapled: the certificate names no OCSP responder',
        why: 'Let\'s Encrypt has turned its responders off on 6 August 2025, and its certificates no longer name one; nginx warns "ssl_stapling" ignored at each start.',
        help: 'remove it',
        related: [{ message: 'the certificate', span: spanOfHead(theirs) }],
        fix: {
          title: 'remove the stapling',
          safety: 'unsafe',
          edits: use.scope.uses
            .filter(({ directive }) => directive.name === 'ssl_stapling' || directive.name === 'ssl_stapling_verify')
            .map(({ directive }) => removeDirective(directive)),
        },
      });
    }
  },
});
