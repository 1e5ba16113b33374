import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Scope, scopesWithin, type Use, useIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const allowOrigin = 'Access-Control-Allow-Origin';

/** Codes for which nginx adds headers without `always` (ngx_http_headers_filter). */
const plain: ReadonlySet<string> = new Set(['200', '201', '204', '206', '301', '302', '303', '304', '307', '308']);

export const corsPreflightBroken = defineRule({
  id: 'cors-preflight-broken',
  category: 'http',
  severity: 'info',
  summary: "the answer to a browser's preflight lacks the headers that it asks for",
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  ],
  on: {
    if(use, context) {
      const { opened, directive, scope } = use;
      const answer = opened && useIn(opened, 'return');
      if (!opened || !answer || !/^\(\$request_method = ["']?OPTIONS["']?\s?\)$/.test(directive.args.join(' '))) return;
      const [code = ''] = answer.directive.args;
      const sent = effectiveFor(opened, 'add_header', allowOrigin);
      const elsewhere = sent ?? originIn(scope);
      if (!elsewhere || !/^\d+$/.test(code) || (sent && (plain.has(code) || sent.directive.args[2] === 'always'))) return;
      report(answer, elsewhere, sent !== undefined, context);
    },
  },
});

function report(answer: Use, origin: Use, isForbidden: boolean, context: RuleContext): void {
  context.report({
    span: spanOfArgument(answer.directive, 0),
    message: `the answer to a preflight is sent without ${allowOrigin}`,
    why: isForbidden
      ? 'Without "always" headers are added to some codes only, and this is none of them. The browser does not send the request itself.'
      : 'The headers that are set elsewhere are not in force in this block. The browser does not send the request itself.',
    help: isForbidden ? 'answer with 204' : 'write all Access-Control headers into this block as well',
    related: [{ message: 'other answers have it from here', span: spanOfHead(origin.directive) }],
  });
}

/** The header in the block around the `if`, or in one of its locations. */
function originIn(scope: Scope): Use | undefined {
  let found = known.get(scope);
  if (found === undefined) {
    found = effectiveFor(scope, 'add_header', allowOrigin) ?? null;
    for (const inner of found ? [] : scopesWithin(scope)) found ??= effectiveFor(inner, 'add_header', allowOrigin) ?? null;
    known.set(scope, found);
  }
  return found ?? undefined;
}

const known = new WeakMap<Scope, Use | null>();
