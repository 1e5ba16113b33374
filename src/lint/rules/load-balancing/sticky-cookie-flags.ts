import { serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { usesIn } from '../../../model/scope.ts';
import { insertWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const stickyCookieFlags = defineRule({
  id: 'sticky-cookie-flags',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'the cookie of `sticky` without the flags that keep it where it belongs',
  fixable: 'unsafe',
  presets: ['load-balancing', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#sticky_cookie',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie',
  ],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      for (const { directive } of usesIn(upstream.scope, 'sticky')) {
        const { args } = directive;
        if (args[0] !== 'cookie') continue;
        const missing = missingFlags(args, isOnlyTls(upstream));
        const wide = args.findIndex((word) => /^domain=\.?[a-z]+$/i.test(word));
        if (missing.length > 0)
          report({
            span: spanOfHead(directive),
            message: `the cookie "${args[1]}" lacks ${missing.map((flag) => flag.split('=')[0]).join(', ')}`,
            why: 'Without httponly scripts can read it, without secure it also travels over plain HTTP, and browsers refuse SameSite=None without secure.',
            help: `write "sticky ${[...args, ...missing].join(' ')};"`,
            fix: {
              title: 'add the flags',
              safety: 'unsafe',
              edits: [insertWord(directive, args.length - 1, missing.join(' '))],
            },
          });
        if (wide >= 0)
          report({
            span: spanOfArgument(directive, wide),
            message: `"${args[wide]}" is a whole top-level domain`,
            why: 'Browsers refuse a cookie for a domain that belongs to everyone: no client ever sends it back, and none is sticky.',
            help: 'name your own domain, or leave it out: then the cookie is for the host that was asked',
          });
      }
    }
  },
});

function missingFlags(args: readonly string[], onlyTls: boolean): readonly string[] {
  const has = (flag: string) => args.some((word) => word.toLowerCase() === flag || word.toLowerCase().startsWith(`${flag}=`));
  const needsSecure = onlyTls || args.some((word) => /^samesite=none$/i.test(word));
  return [...(has('httponly') ? [] : ['httponly']), ...(needsSecure && !has('secure') ? ['secure'] : [])];
}

/** True when everything that passes to the upstream listens with TLS only. */
function isOnlyTls({ passes }: Upstream): boolean {
  const listens = passes.flatMap(({ scope }) => usesIn(serverAround(scope), 'listen'));
  return listens.length > 0 && listens.every(({ directive: { args } }) => args.includes('ssl') || args.includes('quic'));
}
