import type { Edit } from '../diagnostics/diagnostic.ts';
import { effectiveFor, effectiveOne, ownerOf, settingScope } from '../model/inherited.ts';
import { spanOfArgument } from '../model/place.ts';
import type { Pass } from '../model/references.ts';
import { type Scope, useIn } from '../model/scope.ts';
import { insertAfter, insertBefore, replace } from './insert.ts';

const version = 'proxy_http_version 1.1;';
const connection = 'proxy_set_header Connection "";';

/** The lines that `proxy_pass` needs before 1.29.7 so that the upstream's connections can be kept, each where it takes effect. */
export function keepAliveEdits(passes: readonly Pass[]): readonly Edit[] {
  const wanted = new Map<Scope, { readonly anchor: Pass | null; readonly lines: Set<string> }>();
  const want = (scope: Scope, anchor: Pass | null, line: string) => {
    const place = wanted.get(scope) ?? { anchor, lines: new Set() };
    wanted.set(scope, place);
    place.lines.add(line);
  };
  const replaced = new Map<Scope, Edit>();
  for (const pass of passes) {
    if (pass.protocol !== 'proxy') continue;
    const own = settingScope(pass.scope);
    const at = own === pass.scope ? pass : null;
    const old = writtenVersion(own);
    if (isTooOld(pass) && old) replaced.set(own, old);
    else if (isTooOld(pass)) want(own, at, version);
    if (effectiveFor(pass.scope, 'proxy_set_header', 'Connection')) continue;
    const owner = ownerOf(pass.scope, 'proxy_set_header') ?? own;
    want(owner, owner === own ? at : null, connection);
  }
  const inserted = [...wanted].flatMap(([scope, { anchor, lines }]) => {
    if (anchor) return [insertAfter(anchor.use.directive, [...lines])];
    const first = useIn(scope, 'proxy_set_header') ?? scope.uses[0];
    return first ? [insertBefore(first.directive, [...lines])] : [];
  });
  return [...replaced.values(), ...inserted];
}

/** Makes 1.1 of the version that stands in a block: a second line would be refused as a duplicate. */
function writtenVersion(scope: Scope): Edit | undefined {
  const use = useIn(scope, 'proxy_http_version');
  return use && replace(spanOfArgument(use.directive, 0), '1.1');
}

/** True when the pass speaks HTTP/1.0, the default before 1.29.7, in which nginx keeps no connection. */
export function isTooOld({ scope }: Pass): boolean {
  return (effectiveOne(scope, 'proxy_http_version')?.directive.args[0] ?? '1.0') === '1.0';
}

/** `proxy_http_version 1.1` where it takes effect for a pass: below it, or at the top of the block around an `if`. */
export function versionEdit({ scope, use }: Pass): Edit {
  const place = settingScope(scope);
  const old = writtenVersion(place);
  if (old) return old;
  const [first] = place.uses;
  return place === scope || !first ? insertAfter(use.directive, [version]) : insertBefore(first.directive, [version]);
}
