import { inLowerCase } from '../address.ts';
import { namesUsed, type Scope, usesNamed } from '../scope.ts';

/**
 * The variables, in lower case without `$`, that directives of servers and locations may give a value or say something of:
 * `set` and its like, conditions, and groups with names. Never too few; numbered groups are not among them.
 */
export function givenNames(root: Scope): ReadonlySet<string> {
  const found = new Set<string>();
  const setters = [...namesUsed(root)].filter((name) => name === 'set' || name.startsWith('set_'));
  for (const { directive } of usesNamed(root, [...setters, 'auth_request_set', 'if']))
    for (const arg of directive.args) addAll(arg, /\$\{?(\w+)/g, found);
  for (const { directive } of usesNamed(root, withPatterns))
    for (const arg of directive.args) if (arg.includes('(?')) addAll(arg, /\(\?P?[<'](\w+)/g, found);
  return found;
}

const withPatterns: ReadonlySet<string> = new Set(['location', 'server_name', 'if', 'rewrite']);

function addAll(text: string, pattern: RegExp, found: Set<string>): void {
  for (const [, name = ''] of text.matchAll(pattern)) found.add(inLowerCase(name));
}
