import type { Model } from '../model/build.ts';
import { type Scope, scopesWithin, useIn, usesIn } from '../model/scope.ts';

const memory = new WeakMap<Model, boolean>();

/** True when a default server of `http` turns away requests for names that no other server has. */
export function refusesUnknownHosts(model: Model): boolean {
  let found = memory.get(model);
  if (found === undefined) memory.set(model, (found = [...scopesWithin(model.root)].some(isRefusingDefault)));
  return found;
}

function isRefusingDefault(scope: Scope): boolean {
  if (scope.directive?.name !== 'server') return false;
  const isDefault = usesIn(scope, 'listen').some(
    ({ directive }) => /^default/.test(directive.args.slice(1).join(' ')) || directive.args.includes('default_server'),
  );
  const catchesAll = usesIn(scope, 'server_name').some(({ directive: { args } }) => args.includes('_') || args.includes(''));
  return (isDefault || catchesAll) && refuses(scope);
}

function refuses(scope: Scope): boolean {
  if (useIn(scope, 'ssl_reject_handshake')?.directive.args[0] === 'on') return true;
  const refusal = (at: Scope) => usesIn(at, 'return').some(({ directive }) => /^4\d\d$/.test(directive.args[0] ?? ''));
  return refusal(scope) || scope.children.some((child) => child.directive?.args.join(' ') === '/' && refusal(child));
}
