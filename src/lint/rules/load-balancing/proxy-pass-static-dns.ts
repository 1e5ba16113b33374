import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { internalSuffixes, kindOfHost } from '../../../model/host-names.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { location } from '../../../schema/contexts.ts';
import { insertBefore, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const proxyPassStaticDns = defineRule({
  id: 'proxy-pass-static-dns',
  category: 'load-balancing',
  severity: 'info',
  summary: 'requests are passed to a public name, whose address is looked up once, when nginx starts',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: { internalSuffixes: { default: internalSuffixes, about: 'ends of names that keep their addresses' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve',
  ],
  needs: passNames,
  check(context) {
    const internal = context.setting<readonly string[]>('internalSuffixes');
    for (const pass of context.references.passes) {
      const [target] = pass.targets ?? [];
      if (!target || pass.upstreams.length > 0 || pass.use.directive.args[0]?.includes('$')) continue;
      const kind = kindOfHost(target.host, internal);
      if (kind === 'cloud' || kind === 'public') report(pass, target.host, kind, context);
    }
  },
});

function report(pass: Pass, host: string, kind: 'cloud' | 'public', { report }: RuleContext): void {
  const edits = fix(pass, host);
  report({
    span: spanOfArgument(pass.use.directive, 0),
    severity: kind === 'cloud' ? 'warning' : undefined,
    message: `the address of "${host}" is looked up once, when nginx starts or reloads`,
    why: `${kind === 'cloud' ? "Addresses behind this provider's names change. " : ''}When the name gets another address nginx goes on with the old one, and it does not start while the name cannot be looked up.`,
    help: 'define an upstream with "zone" and "server … resolve;" (nginx 1.27.3), or put the name into a variable; both need a resolver',
    fix: edits && { title: 'look the name up again, through a variable', safety: 'unsafe', edits },
  });
}

/** A variable leaves the rest as it was when the URL has no path and a resolver is there. */
function fix({ scope, use, protocol }: Pass, host: string): readonly Edit[] | undefined {
  const { directive } = use;
  const text = directive.args[0] ?? '';
  const isPlain = new RegExp(`^https?://${host.replace(/[.]/g, '\\.')}(:\\d+)?$`, 'i').test(text);
  if (protocol !== 'proxy' || !isPlain || scope.context !== location || !effectiveOne(scope, 'resolver')) return undefined;
  if (effectiveOne(scope, 'proxy_redirect')) return undefined;
  const variable = `$${host.replace(/\W/g, '_')}`;
  return [
    insertBefore(directive, [`set ${variable} ${host};`]),
    replace(
      spanOfArgument(directive, 0),
      text.replace(/\/\/[^:]+/, () => `//${variable}`),
    ),
  ];
}
