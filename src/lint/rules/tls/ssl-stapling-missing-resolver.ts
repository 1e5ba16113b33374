import { isIp } from '../../../model/address.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { tlsSitesOf } from '../../../model/routes/tls-sites.ts';
import { effective, type Scope, type Use } from '../../../model/scope.ts';
import { defineRule } from '../../rule.ts';

export const sslStaplingMissingResolver = defineRule({
  id: 'ssl-stapling-missing-resolver',
  category: 'tls',
  severity: 'warning',
  summary: 'OCSP stapling without a resolver: the address of the responder is looked up once, at the start, or never',
  fixable: false,
  presets: ['recommended', 'cis'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_stapling'],
  needs: ['ssl_stapling'],
  check({ model, report }) {
    const said = new Set<Use>();
    for (const { scope } of tlsSitesOf(model)) {
      const use = effectiveOne(scope, 'ssl_stapling');
      if (use?.directive.args[0] !== 'on' || said.has(use) || !needsResolver(scope)) continue;
      if (hasHoleAround(model.config, scope)) continue;
      said.add(use);
      report({
        span: spanOfHead(use.directive),
        message: 'no resolver is in force to look up the OCSP responder with',
        why: 'nginx then asks the addresses that it found when it started, and logs "no resolver defined"; when the responder moves, answers stop.',
        help: 'write "resolver" with the address of your name server, in http',
      });
    }
  },
});

/** The answer comes from a responder that has a name. */
function needsResolver(scope: Scope): boolean {
  const responder = effectiveOne(scope, 'ssl_stapling_responder')?.directive.args[0] ?? '';
  const host = /^http:\/\/\[?([^/\]:]*)/.exec(responder)?.[1] ?? '';
  return effective(scope, 'resolver').length === 0 && effective(scope, 'ssl_stapling_file').length === 0 && !isIp(host);
}
