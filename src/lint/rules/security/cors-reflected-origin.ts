import type { Held } from '../../../model/flow/atom.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { languageOf, textBetween } from '../../../regex/language.ts';
import { findClientData, wayOf } from '../../client-data.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const foreign = languageOf('^https://evil\\.example\\z');

export const corsReflectedOrigin = defineRule({
  id: 'cors-reflected-origin',
  category: 'security',
  severity: 'error',
  summary: 'pages of any site may read the answers',
  fixable: false,
  presets: ['recommended', 'security'],
  references: ['https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS', 'https://portswigger.net/web-security/cors'],
  on: { add_header: look },
});

function look(use: Use, context: RuleContext): void {
  const [name = '', value = ''] = use.directive.args;
  if (name.toLowerCase() !== 'access-control-allow-origin') return;
  const credentials = effectiveFor(use.scope, 'add_header', 'Access-Control-Allow-Credentials');
  const withLogin = credentials?.directive.args[1]?.toLowerCase() === 'true' ? credentials : undefined;
  if (value === '*' && withLogin) return reportStar(use, withLogin, context);
  if (!value.includes('$')) return;
  const found = findClientData(flowOf(context.model).expand(value, { scope: use.scope }), (held, before, after) =>
    before.length + after.length === 0 && letsThrough(held) ? true : undefined,
  );
  if (!found) return;
  context.report({
    span: spanOfArgument(use.directive, 1),
    severity: withLogin ? undefined : 'warning',
    message: withLogin ? 'any site may read what a logged-in visitor sees here' : 'every origin that asks is allowed',
    why: withLogin
      ? 'The origin that asks is always the one that is allowed, with cookies: a page of "https://evil.example" reads your visitor\'s account.'
      : 'The origin that asks is always the one that is allowed, which is "*" in other words, but a cache may keep it for the wrong site.',
    help: 'map the origins that are yours to themselves, and all else to ""; an empty header is not sent',
    related: [
      ...(withLogin ? [{ message: 'cookies are allowed here', span: spanOfHead(withLogin.directive) }] : []),
      ...wayOf(found.expansion, use.directive),
    ],
  });
}

/** The Origin header, when no condition on the way turns away a stranger's. */
function letsThrough({ variable, capture, always, never }: Held): boolean {
  if (variable !== 'http_origin' || capture || !foreign) return false;
  return typeof textBetween([foreign, ...always], never) === 'object';
}

function reportStar(use: Use, credentials: Use, { report }: RuleContext): void {
  report({
    span: spanOfArgument(use.directive, 1),
    severity: 'warning',
    message: 'browsers refuse "*" together with Access-Control-Allow-Credentials',
    why: 'The answer cannot be read by the page that asked with cookies; without the second header it could, without cookies.',
    help: 'map the origins that are yours to themselves, or leave the credentials out',
    related: [{ message: 'cookies are allowed here', span: spanOfHead(credentials.directive) }],
  });
}
