import type { Atom, Held } from './atom.ts';
import { findHolding } from './find-holding.ts';

/** What makes a URL lead to a host of the client's choice, at the beginning of its host or in it. */
const attempts = ['evil.example', 'evil.example/', '.evil.example', '.evil.example/', '@evil.example', 'http://evil.example/'];

/** How a client can make a value lead to another host. */
export interface ChosenHost {
  /** What the variable then begins with. */
  readonly text: string;
  /** The text of the request part that it comes from. */
  readonly from: string;
}

/**
 * Tells how what is held can become the host of a URL, or end or prolong it; undefined when what stands before has ended
 * the host, or when it cannot.
 */
export function chosenHost(held: Held, before: readonly Atom[], after: readonly Atom[]): ChosenHost | undefined {
  const start = before.map((atom) => (atom.kind === 'text' ? atom.text : 'x')).join('');
  const authority = /^(?:[a-z]+:\/\/)?(.*)$/is.exec(start)?.[1] ?? '';
  if (/[/?#]/.test(authority) || /^unix:/i.test(authority)) return undefined;
  const isLast = endsHost(after);
  for (const text of attempts) {
    if (/^[a-z]/.test(text) !== (authority === '') || !(isLast || text.endsWith('/'))) continue;
    const found = findHolding(held, { text, where: 'start' });
    if (typeof found === 'object') return { text, from: found.text };
  }
  return undefined;
}

/** True when what follows begins with something that no host goes on with. */
function endsHost([next]: readonly Atom[]): boolean {
  return next === undefined || (next.kind === 'text' && /^[/?#:]/.test(next.text) && !next.text.startsWith('://'));
}
