import { pathAround } from '../../../model/inherited.ts';
import { scopesWithin, type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { exposedPage } from '../../status-pages.ts';

/** Paths under which php-fpm is usually told to show its state (`pm.status_path`). */
const fpmPath = /^\^?\/(?:\(\??:?)?(?:php[-_]?)?(?:fpm[-_]?)?(?:status|fpm[-_]status)\b/;

export const statusEndpointExposed = defineRule({
  id: 'status-endpoint-exposed',
  category: 'security',
  severity: 'warning',
  summary: "the page with nginx's or php-fpm's own state is open to everyone",
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'stig'],
  settings: {
    extraDirectives: { default: [], about: 'more directives that answer with the state of something' },
    trustLoopback: { default: true, about: 'whether a server that listens on the loopback only is closed' },
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_stub_status_module.html',
    'https://nginx.org/en/docs/http/ngx_http_access_module.html',
  ],
  on: {
    stub_status: (use, context) => examine(use, context, 'how busy nginx is, and whether an attack works'),
    fastcgi_pass(use, context) {
      if (fpmPath.test(pathAround(use.scope))) examine(use, context, 'which scripts php-fpm runs, and for whom');
    },
  },
  check(context) {
    const extra = context.setting<readonly string[]>('extraDirectives');
    if (extra.length === 0) return;
    for (const scope of scopesWithin(context.model.root))
      for (const name of extra)
        for (const use of usesIn(scope, name)) examine(use, context, 'the state of what lies behind nginx');
  },
});

function examine(use: Use, context: RuleContext, tells: string): void {
  const found = exposedPage(use, context, { tells, trustLoopback: context.setting('trustLoopback') });
  if (found) context.report(found);
}
