import { nearestWith } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { printUrl, speaksTls } from '../../../model/routes/hops.ts';
import { type OwnTarget, ownTarget, passedOn } from '../../../model/routes/passed-on.ts';
import type { Wanted } from '../../../model/routes/reach.ts';
import { requestsInto } from '../../../model/routes/starts.ts';
import type { PlainRequest } from '../../../model/routes/visit-state.ts';
import { walk } from '../../../model/routes/walk.ts';
import type { Use } from '../../../model/scope.ts';
import { main } from '../../../schema/contexts.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const mostHops = 8;

interface Loop {
  readonly start: PlainRequest;
  readonly use: Use;
  readonly target: OwnTarget;
}

export const selfProxyLoop = defineRule({
  id: 'self-proxy-loop',
  category: 'correctness',
  severity: 'error',
  summary: 'a back end that is this very nginx, and passes the request back to where it comes from',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  needs: passNames,
  check(context) {
    const { model, options, references } = context;
    const version = releasesOf(options).newest;
    if (model.root.context !== main || !references.passes.some(({ use }) => ownTarget(use, model, version))) return;
    const said = new Set<Use>();
    for (const start of requestsInto(model, passes, version)) {
      const loop = loopFrom(start, version, context);
      if (loop && !said.has(loop.use)) report(loop, context);
      if (loop) said.add(loop.use);
    }
  },
});

const passes: Wanted = new Map([['proxy_pass', () => true]]);

/** The pass in which a request comes by again, or still is after so many; undefined when it gets somewhere, or nobody knows. */
function loopFrom(start: PlainRequest, version: string, { model }: RuleContext): Loop | undefined {
  const seen = new Set<string>();
  let request = start;
  let last: Loop | undefined;
  for (let hops = 0; hops < mostHops; hops++) {
    const outcome = walk(request);
    if (outcome.kind !== 'pass' || isGuarded(outcome.use)) return undefined;
    const target = ownTarget(outcome.use, model, version);
    if (!target) return undefined;
    last = { start, use: outcome.use, target };
    if (seen.has(printUrl(request))) return last;
    seen.add(printUrl(request));
    const next = passedOn(outcome, target, speaksTls(target.group, version));
    if (!next) return undefined;
    request = next;
  }
  return last;
}

/** Rules about the client's address may let the second request in, or not. */
function isGuarded({ scope }: Use): boolean {
  return nearestWith(scope, ['deny']).length > 0;
}

function report({ start, use, target }: Loop, context: RuleContext): void {
  const many = target.oneOfMany;
  context.report({
    span: spanOfArgument(use.directive, 0),
    severity: many ? 'warning' : undefined,
    message: `GET ${printUrl(start)} is passed round in a circle: ${target.name} is this nginx${many ? ', for those requests that get there' : ''}`,
    why: 'Each request opens another connection to nginx itself, until worker_connections are used up or something times out; then the client gets 500 or 504.',
    help: 'pass to the port of the application, or send a Host that another server answers',
    related: target.use ? [{ message: 'is this nginx', span: spanOfHead(target.use.directive) }] : [],
  });
}
