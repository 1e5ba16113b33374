import { inLowerCase } from '../address.ts';
import type { Scope } from '../scope.ts';
import { scopesWithin } from '../scope.ts';

/**
 * The variables, in lower case without `$`, that directives of servers and locations may give a value or say something of:
 * `set` and its like, conditions, and groups with names. Never too few; numbered groups are not among them.
 */
export function givenNames(root: Scope): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { uses } of scopesWithin(root)) {
    for (const { directive } of uses) {
      const { name, args } = directive;
      if (name === 'set' || name.startsWith('set_') || name === 'auth_request_set' || name === 'if') {
        for (const arg of args) addAll(arg, /\$\{?(\w+)/g, found);
      }
      if (withPatterns.has(name)) for (const arg of args) if (arg.includes('(?')) addAll(arg, /\(\?P?[<'](\w+)/g, found);
    }
  }
  return found;
}

const withPatterns: ReadonlySet<string> = new Set(['location', 'server_name', 'if', 'rewrite']);

function addAll(text: string, pattern: RegExp, found: Set<string>): void {
  for (const [, name = ''] of text.matchAll(pattern)) found.add(inLowerCase(name));
}
