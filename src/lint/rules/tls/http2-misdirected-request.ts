import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { endingOf } from '../../../model/routes/endings.ts';
import { defaultServerOf } from '../../../model/routes/listen-groups.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { isTls } from '../../../model/routes/tls-sites.ts';
import { type Scope, usesIn } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const http2MisdirectedRequest = defineRule({
  id: 'http2-misdirected-request',
  category: 'tls',
  severity: 'info',
  summary: 'a default server that rejects handshakes, but answers requests that come over a connection made for another name',
  fixable: 'unsafe',
  presets: ['security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20',
  ],
  check(context) {
    const said = new Set<Site>();
    for (const group of sitesOf(context.model).groups) {
      const site = defaultServerOf(group);
      if (!site || said.has(site) || !isTls(group) || group.lines.length < 2) continue;
      said.add(site);
      examine(site, context);
    }
  },
});

function examine(site: Site, { model, report }: RuleContext): void {
  const { scope } = site;
  const rejects = effectiveOne(scope, 'ssl_reject_handshake')?.directive;
  if (rejects?.args[0] !== 'on' || !speaksHttp2(scope) || hasHoleAround(model.config, scope) || refusesAll(site)) return;
  report({
    span: spanOfHead(rejects),
    message: 'requests for unknown hosts are answered when they come over a connection that another server took',
    why: 'The handshake is refused by its name only. A browser reuses an HTTP/2 connection for every name in the certificate, and a request for a host that no server has is then answered here.',
    help: 'write "location / { return 421; }": the client then opens a connection of its own',
    fix: {
      title: 'send such requests away',
      safety: 'unsafe',
      edits: [
        insertAfter(usesIn(scope, 'ssl_reject_handshake').at(-1)?.directive ?? rejects, ['location / {', '    return 421;', '}']),
      ],
    },
  });
}

function speaksHttp2(scope: Scope): boolean {
  if (effectiveOne(scope, 'http2')?.directive.args[0] === 'on') return true;
  return usesIn(scope, 'listen').some(({ directive: { args } }) => args.includes('http2') || args.includes('quic'));
}

/** A `return` for the whole server, or for everything that no other location takes. */
function refusesAll({ scope, routes }: Site): boolean {
  if (endingOf(scope)) return true;
  const root = routes.find((route) => route.kind === 'prefix' && route.name === '/' && !route.outer);
  return root !== undefined && endingOf(root.scope) !== undefined;
}
