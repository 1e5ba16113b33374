import { effectiveOne, scopesAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { effective, type Scope, type Use } from '../../../model/scope.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const staticFiles = /\\\.\(?[^/]*\b(?:css|js|png|jpe?g|gif|svg|ico|woff2?|webp|mp4)/;

export const cacheStoresSetCookie = defineRule({
  id: 'cache-stores-set-cookie',
  category: 'security',
  severity: 'error',
  summary: "one visitor's cookies are kept in the cache and given to all others",
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ignore_headers'],
  needs: passNames,
  check(context) {
    const seen = new Set<Use>();
    for (const pass of context.references.passes) if (!pass.inStream) look(pass, seen, context);
  },
});

function look({ scope, protocol }: Pass, seen: Set<Use>, { report }: RuleContext): void {
  const cache = effectiveOne(scope, `${protocol}_cache`);
  if (!cache || cache.directive.args[0] === 'off' || isStatic(scope)) return;
  const ignoring = effective(scope, `${protocol}_ignore_headers`).find(({ directive }) => ignoresCookies(directive.args));
  const hidden = effective(scope, `${protocol}_hide_header`).some(({ directive }) => isSetCookie(directive.args[0] ?? ''));
  if (!ignoring || hidden || seen.has(ignoring)) return;
  seen.add(ignoring);
  const hasOwnHidden = ignoring.scope.uses.some(({ directive }) => directive.name === `${protocol}_hide_header`);
  const inherits = !hasOwnHidden && effective(ignoring.scope, `${protocol}_hide_header`).length > 0;
  report({
    span: spanOfArgument(ignoring.directive, ignoring.directive.args.findIndex(isSetCookie)),
    message: 'answers with Set-Cookie are cached, cookie and all',
    why: 'Whoever logs in first leaves the cookie of the session in the cache, and everyone after gets it: they are that person then.',
    help: `write "${protocol}_hide_header Set-Cookie;" where only pages without a login are cached, or no longer ignore the header`,
    related: [{ message: 'cached here', span: spanOfHead(cache.directive) }],
    fix: inherits
      ? undefined
      : {
          title: 'keep cookies out of what is cached and sent',
          safety: 'unsafe',
          edits: [insertAfter(ignoring.directive, [`${protocol}_hide_header Set-Cookie;`])],
        },
  });
}

function ignoresCookies(args: readonly string[]): boolean {
  return args.some(isSetCookie);
}

function isSetCookie(word: string): boolean {
  return word.toLowerCase() === 'set-cookie';
}

/** A location for files by their endings: who asks does not matter there. */
function isStatic(scope: Scope): boolean {
  for (const { directive } of scopesAround(scope))
    if (directive?.name === 'location') return staticFiles.test(directive.args.at(-1) ?? '');
  return false;
}
