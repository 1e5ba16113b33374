import type { Node } from './ast.ts';
import { findText } from './find-text.ts';
import { type Language, languageOf, literalPattern } from './language.ts';
import { twoWays } from './two-ways.ts';

/** A text on which a backtracking matcher tries twice as many ways for each further `pump`. */
export interface Attack {
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

const mostStates = 160;
const repetitions = 6;

const known = new WeakMap<Language, Attack | null>();

/**
 * Looks for exponential backtracking: a place from which one and the same text leads back to it in two ways, and a text
 * that fails behind it. `null` when there is none, or none that could be proved.
 */
export function exponentialAttack(language: Language): Attack | null {
  let found = known.get(language);
  if (found === undefined) known.set(language, (found = look(language)));
  return found;
}

function look(language: Language): Attack | null {
  if (!mayRepeatARepeat(language.node)) return null;
  const { automaton } = language;
  const reads = automaton.states.reduce((count, { kind }) => count + (kind === 'read' ? 1 : 0), 0);
  if (!automaton.exact || reads > mostStates) return null;
  for (const found of twoWays(automaton)) {
    const suffix = failingSuffix(language, found.prefix + found.pump.repeat(repetitions));
    if (suffix !== undefined) return { ...found, suffix };
  }
  return null;
}

/** What makes the whole fail, with the byte in it that PCRE looks for before it tries anything. */
function failingSuffix(language: Language, start: string): string | undefined {
  const last = lastLiteral(language.node);
  const shape = languageOf(`^${literalPattern(start)}(?s:.*)${last === undefined ? '' : literalPattern(last)}`);
  if (!shape) return undefined;
  const found = findText({ in: [shape.automaton], notIn: [language.automaton] });
  return typeof found === 'object' ? found.text.slice(start.length) : undefined;
}

/** Exponential patterns have a repetition inside of one. */
function mayRepeatARepeat(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts.some(mayRepeatARepeat);
    case 'group':
      return mayRepeatARepeat(node.body);
    case 'repeat':
      return (node.max === Infinity && hasWays(node.body)) || mayRepeatARepeat(node.body);
    default:
      return false;
  }
}

function hasWays(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.parts.some(hasWays);
    case 'choice':
      return true;
    case 'group':
      return hasWays(node.body);
    case 'repeat':
      return node.min !== node.max || hasWays(node.body);
    default:
      return false;
  }
}

/** The last byte that every match holds as it is written, at the top level of the pattern. */
function lastLiteral(node: Node): string | undefined {
  const parts = node.kind === 'sequence' ? node.parts : [node];
  for (const part of parts.toReversed()) {
    if (part.kind !== 'set') continue;
    const first = part.bytes.indexOf(1);
    if (first >= 0 && part.bytes.indexOf(1, first + 1) < 0) return String.fromCharCode(first);
  }
  return undefined;
}
