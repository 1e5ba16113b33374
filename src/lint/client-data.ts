import { display } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import type { Related } from '../diagnostics/diagnostic.ts';
import type { Atom, Expansion, Held } from '../model/flow/atom.ts';
import { spanOfHead } from '../model/place.ts';

/** A variable that the client fills, in words: `$1 is a group of "^/(.*)$", matched against the decoded path of the request`. */
export function sayHeld({ variable, part, capture }: Held): string {
  if (!capture) return `$${variable} is ${part} of the request`;
  return `group ${capture.group} of "${display(capture.language.pattern)}" is cut out of ${part} of the request`;
}

/** The places through which a value got what it holds, but for the directive itself. */
export function wayOf({ via }: Expansion, end: ConfigDirective): readonly Related[] {
  const places = via.filter((directive) => directive !== end);
  return places.map((directive) => ({ message: 'its value comes from here', span: spanOfHead(directive) }));
}

const none: readonly Atom[] = [];

/** The first piece of a value that the client fills and that does harm, how, and the value it belongs to. */
export function findClientData<How>(
  expansions: readonly Expansion[] | null,
  harm: (held: Held, before: readonly Atom[], after: readonly Atom[]) => How | undefined,
): { readonly held: Held; readonly expansion: Expansion; readonly how: How } | undefined {
  for (const expansion of expansions ?? []) {
    const { atoms } = expansion;
    for (let index = 0; index < atoms.length; index++) {
      const held = atoms[index];
      if (held?.kind !== 'held' || held.origin !== 'client') continue;
      const how = harm(held, index === 0 ? none : atoms.slice(0, index), atoms.slice(index + 1));
      if (how !== undefined) return { held, expansion, how };
    }
  }
  return undefined;
}

/** A decoded path as a client writes it in its request line. */
export function encodedPath(path: string): string {
  return path.replace(/[^!$-;=@-Z_a-z~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
