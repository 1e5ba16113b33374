import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Model } from '../../../model/build.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { sitesOf } from '../../../model/routes/sites.ts';
import { tlsSitesOf } from '../../../model/routes/tls-sites.ts';
import { type Scope, scopesWithin, type Use } from '../../../model/scope.ts';
import { server } from '../../../schema/contexts.ts';
import { defineRule } from '../../rule.ts';

export const clientCertNotEnforced = defineRule({
  id: 'client-cert-not-enforced',
  category: 'security',
  severity: 'error',
  summary: 'a client certificate is asked for, and requests without one are served all the same',
  fixable: false,
  presets: ['recommended', 'security'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client'],
  needs: ['ssl_verify_client'],
  check({ model, report }) {
    const said = new Set<Use>();
    for (const { scope } of sitesOf(model).all.filter((site) => tlsSitesOf(model).has(site))) {
      const use = effectiveOne(scope, 'ssl_verify_client');
      const [mode = ''] = use?.directive.args ?? [];
      if (!use || said.has(use) || !mode.startsWith('optional') || hasHoleAround(model.config, scope)) continue;
      if (looksAround(model) || looksWithin(scope)) continue;
      said.add(use);
      report({
        span: spanOfHead(use.directive),
        message: `requests without a ${mode === 'optional' ? '' : 'valid '}certificate are served as well`,
        why: `"${mode}" leaves the decision to the configuration, and nothing here reads $ssl_client_verify or passes the certificate on.`,
        help:
          mode === 'optional'
            ? 'write "ssl_verify_client on;", or "if ($ssl_client_verify != SUCCESS) { return 403; }"'
            : 'pass $ssl_client_cert on to a back end that checks it',
      });
    }
  },
});

const memory = new WeakMap<Model, boolean>();

/** Something outside of the servers looks: a map, a header for all of them. */
function looksAround(model: Model): boolean {
  let looks = memory.get(model);
  if (looks === undefined) {
    const outside = [...scopesOutside(model.root)];
    memory.set(model, (looks = outside.some((scope) => scope.uses.some(isLook))));
  }
  return looks;
}

function* scopesOutside(scope: Scope): Generator<Scope> {
  yield scope;
  for (const child of scope.children) if (child.context !== server) yield* scopesOutside(child);
}

function looksWithin(scope: Scope): boolean {
  for (const at of scopesWithin(scope)) if (at.uses.some(isLook)) return true;
  return false;
}

/** Writing it to a log is no check; scripts may do anything. */
function isLook({ directive, opened }: Use): boolean {
  if (/_by_lua|^js_|^perl/.test(directive.name)) return true;
  if (directive.name === 'log_format' || directive.name === 'access_log') return false;
  return names(directive) || (!opened && (directive.children ?? []).some(names));
}

function names({ name, args }: ConfigDirective): boolean {
  return [name, ...args].some((word) => /\$\{?ssl_client_/.test(word));
}
