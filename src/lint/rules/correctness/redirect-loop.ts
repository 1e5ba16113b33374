import { spanOfHead } from '../../../model/place.ts';
import { isRedirect } from '../../../model/routes/endings.ts';
import { anyHost, followed, printUrl } from '../../../model/routes/hops.ts';
import type { Wanted } from '../../../model/routes/reach.ts';
import { requestsInto } from '../../../model/routes/starts.ts';
import type { PlainRequest } from '../../../model/routes/visit-state.ts';
import { walk } from '../../../model/routes/walk.ts';
import type { Use } from '../../../model/scope.ts';
import { main } from '../../../schema/contexts.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Browsers follow twenty redirects. */
const mostHops = 20;

interface Hop {
  readonly request: PlainRequest;
  readonly use: Use;
}

export const redirectLoop = defineRule({
  id: 'redirect-loop',
  category: 'correctness',
  severity: 'error',
  summary: 'a redirect that leads back to where it is made',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return'],
  check(context) {
    const { model, options } = context;
    const isOpen = model.root.context !== main && !model.config.closed;
    const said = new Set<Use>();
    for (const start of requestsInto(model, redirects, releasesOf(options).newest)) {
      if (isOpen && start.host === anyHost) continue;
      const loop = loopFrom(start, context);
      const use = loop?.[0]?.use;
      if (!loop || !use || said.has(use)) continue;
      for (const hop of loop) said.add(hop.use);
      report(loop, use, context);
    }
  },
});

const redirects: Wanted = new Map([
  ['rewrite', isRedirect],
  ['return', ({ directive: { args } }: Use) => /^(?:30[12378]$|http|\$)/.test(args[0] ?? '')],
]);

/** The hops of the circle that a request gets into; undefined when it gets out, or nobody knows. */
function loopFrom(start: PlainRequest, { model, options }: RuleContext): readonly Hop[] | undefined {
  const hops: Hop[] = [];
  let request: PlainRequest | undefined = start;
  while (request && hops.length < mostHops) {
    const outcome = walk(request);
    if (outcome.kind !== 'redirect') return undefined;
    hops.push({ request, use: outcome.use });
    const next = followed(request, outcome.target, model, releasesOf(options).newest);
    const seen = next ? hops.findIndex((hop) => printUrl(hop.request) === printUrl(next)) : -1;
    if (seen >= 0) return hops.slice(seen);
    request = next;
  }
  return request ? hops.slice(-3) : undefined;
}

function report(loop: readonly Hop[], use: Use, context: RuleContext): void {
  const urls = loop.slice(0, 3).map(({ request }) => printUrl(request));
  const [first = ''] = urls;
  const others = loop.slice(1).filter((hop) => hop.use !== use);
  context.report({
    span: spanOfHead(use.directive),
    message:
      loop.length === 1
        ? `GET ${first} is redirected to itself`
        : `GET ${[...urls, first].join(' → ')}: the redirects lead in a circle`,
    why: 'A browser follows about twenty redirects and then says that there are too many; the page is never shown.',
    help: 'redirect in a server or location of its own, which the target does not come to',
    related: others
      .slice(0, 3)
      .map((hop) => ({ message: `redirects ${printUrl(hop.request)}`, span: spanOfHead(hop.use.directive) })),
  });
}
