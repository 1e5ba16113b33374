import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import { defaultServerOf } from '../../../model/routes/listen-groups.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { isTls, sitesAt } from '../../../model/routes/tls-sites.ts';
import { effective, type Use, usesIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const sslProtocolsVhostIgnored = defineRule({
  id: 'ssl-protocols-vhost-ignored',
  category: 'tls',
  severity: 'warning',
  summary: "versions of TLS for one server of several at an address: the default server's count before nginx 1.29.2",
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols',
    'https://nginx.org/en/docs/http/configuring_https_servers.html',
  ],
  check(context) {
    if (isAtLeast(releasesOf(context.options).oldest, '1.29.2')) return;
    const said = new Set<Use>();
    for (const group of sitesOf(context.model).groups) {
      const first = defaultServerOf(group);
      if (!first || !isTls(group) || hasHoleAround(context.model.config, first.scope)) continue;
      for (const site of sitesAt(group)) if (site !== first) compare(site, first, said, context);
    }
  },
});

function compare(site: Site, first: Site, said: Set<Use>, { report }: RuleContext): void {
  const [own] = usesIn(site.scope, 'ssl_protocols');
  const wanted = versionsOf(site);
  const used = versionsOf(first);
  if (!own || said.has(own) || wanted === used) return;
  said.add(own);
  const [decides] = effective(first.scope, 'ssl_protocols');
  const at = decides?.directive ?? first.at;
  report({
    span: spanOfHead(own.directive),
    message: `has no effect: connections to this address get ${used || "nginx's default versions"}`,
    why: 'The version of TLS is agreed upon before the name of the server is looked at, with the settings of the default server of the address. Since 1.29.2 the name comes first.',
    help: 'write it into the default server of the address, or give this server an address of its own',
    related: at ? [{ message: decides ? 'counts instead' : 'the default server', span: spanOfHead(at) }] : undefined,
  });
}

/** The versions in force, in one order; '' where nothing is written. */
function versionsOf({ scope }: Site): string {
  return [...new Set(effective(scope, 'ssl_protocols').flatMap(({ directive }) => directive.args))].sort().join(' ');
}
