import { nearest, similarTo } from '../../../base/nearest.ts';
import { display } from '../../../base/source-text.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Scope, type Use, usesIn } from '../../../model/scope.ts';
import { server } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const undefinedNamedLocation = defineRule({
  id: 'undefined-named-location',
  category: 'correctness',
  severity: 'error',
  summary: 'a request is sent to a named location that its server does not have',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  on: { try_files: checkLast, error_page: checkLast, post_action: checkLast },
});

function checkLast({ directive, scope }: Use, { model, report }: RuleContext): void {
  const index = directive.args.length - 1;
  const name = directive.args[index] ?? '';
  const around = serverAround(scope);
  if (!name.startsWith('@') || name.includes('$') || !around || hasHoleAround(model.config, scope)) return;
  const names = usesIn(around, 'location').map((location) => location.directive.args[0] ?? '');
  if (names.includes(name)) return;
  const [near] = nearest(
    similarTo(
      name,
      names.filter((one) => one.startsWith('@')),
    ),
  );
  report({
    span: spanOfArgument(directive, index),
    message: `this server has no location ${display(name)}`,
    why: 'nginx starts, and answers 500 to each request that is sent there: "could not find named location".',
    help: near === undefined ? `add "location ${display(name)} { … }" to the server` : `did you mean ${display(near)}?`,
  });
}

/** Named locations stand directly in a server, and are looked for there. */
function serverAround(scope: Scope): Scope | undefined {
  for (let at: Scope | null = scope; at; at = at.parent) if (at.context & server) return at.directive ? at : undefined;
  return undefined;
}
