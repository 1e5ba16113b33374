import { nearest, similarTo } from '../../../base/nearest.ts';
import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Fix } from '../../../diagnostics/diagnostic.ts';
import type { Misplaced } from '../../../model/build.ts';
import { entriesOf, entryIn } from '../../../model/lookup.ts';
import { knownNames } from '../../../model/modules.ts';
import { spanOfName } from '../../../model/place.ts';
import { contextNames } from '../../../schema/contexts.ts';
import { loadsForeignModule } from '../../foreign-modules.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const unknownDirective = defineRule({
  id: 'unknown-directive',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive that no known module has',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  check({ model, report }) {
    if (model.unknown.length === 0) return;
    const foreign = loadsForeignModule(model.config);
    const guessesFor = guesser();
    for (const misplaced of model.unknown) {
      const { directive, scope } = misplaced;
      if (!isPlainName(directive)) continue;
      const guesses = guessesFor(misplaced);
      report({
        span: spanOfName(directive),
        message: `unknown directive "${directive.name}"`,
        why: foreign
          ? 'No module we know has it; one of those that load_module loads may.'
          : 'nginx does not start, and refuses a reload, with a directive that none of its modules has.',
        help:
          guesses.length > 0 ? `did you mean ${guesses.map((name) => describe(name, scope.context)).join(' or ')}?` : undefined,
        nginx: `unknown directive "${directive.name}"`,
        severity: foreign ? 'info' : undefined,
        fix: fixFor(directive, guesses),
      });
    }
  },
});

/** A name in which a template is still to be filled in, or bytes that are no name, has another cause. */
function isPlainName({ name }: ConfigDirective): boolean {
  return /^[\w.-]+$/.test(name);
}

/** A file that is none of nginx's can hold thousands of words we do not know; nobody wants a guess for each. */
const mostGuesses = 200;

/** Makes a function that finds the known names nearest to a word, those that are allowed in its place first. */
function guesser(): (misplaced: Misplaced) => readonly string[] {
  const names = knownNames();
  const made = new Map<string, readonly string[]>();
  return ({ directive: { name }, scope: { context } }) => {
    const key = `${context} ${name}`;
    const known = made.get(key);
    if (known || made.size >= mostGuesses) return known ?? [];
    const similar = similarTo(name, names);
    const here = similar.filter((one) => entryIn(one.name, context) !== undefined);
    const guesses = nearest(here.length > 0 ? here : similar).slice(0, 3);
    made.set(key, guesses);
    return guesses;
  };
}

function describe(name: string, context: number): string {
  const entry = entryIn(name, context);
  if (entry) return entry.module.package ? `"${name}" (${entry.module.name}, ${entry.module.package})` : `"${name}"`;
  const places = contextNames(entriesOf(name).reduce((all, { facts }) => all | facts.in, 0));
  return `"${name}" (allowed in ${places.join(', ')})`;
}

function fixFor(directive: ConfigDirective, [guess, ...others]: readonly string[]): Fix | undefined {
  if (guess === undefined || others.length > 0) return undefined;
  return { title: `replace it by "${guess}"`, safety: 'unsafe', edits: [replace(spanOfName(directive), guess)] };
}
