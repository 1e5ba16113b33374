import { hasRare, type Node } from './ast.ts';
import { type Automaton, automatonOf, type Wanted } from './automaton.ts';
import { type ByteSet, setOf, union } from './byte-set.ts';
import { type FoundText, findText } from './find-text.ts';
import { compileRegex, type PatternMatcher } from './native.ts';
import { parsePattern } from './parse.ts';

/** What a PCRE pattern can match, as far as it could be read. */
export interface Language {
  readonly pattern: string;
  readonly caseless: boolean;
  readonly node: Node;
  readonly groups: number;
  /** Named groups by number, names as written. */
  readonly names: ReadonlyMap<string, number>;
  /** Runs exactly as PCRE does; null where neither engine can. */
  readonly regexp: PatternMatcher | null;
  readonly automaton: Automaton;
}

const cache = new Map<string, Language | null>();

/** The language of a pattern; null when it uses what is not understood here. Patterns are not anchored: they are looked for. */
export function languageOf(pattern: string, caseless = false): Language | null {
  const key = `${caseless ? 'i' : '-'}${pattern}`;
  let language = cache.get(key);
  if (language === undefined) {
    if (cache.size > 5000) cache.clear();
    cache.set(key, (language = read(pattern, caseless)));
  }
  return language;
}

function read(pattern: string, caseless: boolean): Language | null {
  const parsed = parsePattern(pattern, caseless);
  if (!('node' in parsed) || hasRare(parsed.node)) return null;
  const compiled = compileRegex(pattern, { caseless });
  const regexp = 'regexp' in compiled ? compiled.regexp : null;
  let automaton: Automaton | undefined;
  return {
    pattern,
    caseless,
    ...parsed,
    regexp,
    get automaton() {
      return (automaton ??= automatonOf(parsed.node));
    },
  };
}

/**
 * A text that all of `matching` match and none of `failing`, proved: what the machines cannot say exactly is tried
 * with the regular expressions themselves.
 */
export function textBetween(matching: readonly Language[], failing: readonly Language[] = []): FoundText {
  const found = findText({ in: matching.map(({ automaton }) => automaton), notIn: failing.map(({ automaton }) => automaton) });
  if (found === 'unknown') return found;
  if (found === 'none') return failing.every(({ automaton }) => automaton.exact) ? found : 'unknown';
  const holds = matching.every(({ automaton, regexp }) => automaton.exact || regexp?.test(found.text) === true);
  return holds ? found : 'unknown';
}

const samples = new WeakMap<Language, { readonly text: string | undefined }>();

/** The shortest text that a pattern matches, found once; undefined when none was found. */
function sampleOf(language: Language): string | undefined {
  let sample = samples.get(language);
  if (!sample) {
    const found = textBetween([language]);
    samples.set(language, (sample = { text: typeof found === 'object' ? found.text : undefined }));
  }
  return sample.text;
}

/** True when every text that `language` matches is matched by `other` too; undefined when that was not decided. */
export function isWithin(language: Language, other: Language): boolean | undefined {
  const sample = other.regexp ? sampleOf(language) : undefined;
  if (sample !== undefined && other.regexp?.test(sample) === false) return false;
  const found = textBetween([language], [other]);
  return found === 'unknown' ? undefined : found === 'none';
}

/** True when it matches every text; undefined when that was not decided. */
export function matchesEverything(language: Language): boolean | undefined {
  const found = textBetween([], [language]);
  return found === 'unknown' ? undefined : found === 'none';
}

/** A text that the pattern and all of `always`, and none of `never`, matches and in which the wanted group holds what is wanted. */
export function textWithGroup(
  language: Language,
  wanted: Wanted,
  always: readonly Language[] = [],
  never: readonly Language[] = [],
): FoundText {
  const machine = automatonOf(language.node, wanted);
  const found = findText({
    in: [machine, ...always.map(({ automaton }) => automaton)],
    notIn: never.map(({ automaton }) => automaton),
  });
  if (found === 'unknown') return found;
  if (found === 'none') return never.every(({ automaton }) => automaton.exact) ? found : 'unknown';
  const group = language.regexp?.exec(found.text)?.[wanted.group];
  if (group === undefined || !always.every(({ automaton, regexp }) => automaton.exact || regexp?.test(found.text)))
    return 'unknown';
  const holds = wanted.where === 'start' ? group.startsWith(wanted.text) : group.includes(wanted.text);
  return holds ? found : 'unknown';
}

/** A pattern that matches a text and nothing else. */
export function literalPattern(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '\\$&');
}

/** Every byte that the text of a group can hold; 0 is all that the pattern matches. Never too few. */
export function bytesOfGroup({ node }: Language, group: number): ByteSet {
  const body = group === 0 ? node : groupIn(node, group);
  return body ? union(...setsIn(body)) : setOf('');
}

/** True when a match can only begin at the beginning of the text. */
export function isAnchoredAtStart(node: Node): boolean {
  return borderOf(node, (what) => what === 'start', false);
}

/** True when a match can only end at the end of the text, or before its last line feed. */
export function isAnchoredAtEnd(node: Node): boolean {
  return borderOf(node, (what) => what === 'end' || what === 'very-end', true);
}

/** What every text that matches begins with, as far as that is one text; '' for patterns that are not anchored. */
export function literalPrefix({ node }: Language): string {
  if (!isAnchoredAtStart(node)) return '';
  let text = '';
  for (const part of partsOf(node)) {
    if (part.kind === 'anchor' || part.kind === 'look') continue;
    const byte = part.kind === 'set' ? onlyByte(part.bytes) : undefined;
    if (byte === undefined) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The parts of a sequence, groups that capture nothing opened; the node itself when it is none. */
function partsOf(node: Node): readonly Node[] {
  if (node.kind === 'group' && node.number === 0) return partsOf(node.body);
  return node.kind === 'sequence' ? node.parts.flatMap(partsOf) : [node];
}

function onlyByte(bytes: ByteSet): number | undefined {
  const first = bytes.indexOf(1);
  return first >= 0 && bytes.indexOf(1, first + 1) < 0 ? first : undefined;
}

function borderOf(node: Node, isBorder: (what: string) => boolean, atEnd: boolean): boolean {
  switch (node.kind) {
    case 'anchor':
      return isBorder(node.what);
    case 'group':
      return borderOf(node.body, isBorder, atEnd);
    case 'repeat':
      return node.min > 0 && borderOf(node.body, isBorder, atEnd);
    case 'choice':
      return node.parts.length > 0 && node.parts.every((part) => borderOf(part, isBorder, atEnd));
    case 'sequence': {
      const parts = atEnd ? node.parts.toReversed() : node.parts;
      return parts.slice(0, 1 + parts.findIndex((part) => part.kind !== 'look')).some((part) => borderOf(part, isBorder, atEnd));
    }
    default:
      return false;
  }
}

function groupIn(node: Node, number: number): Node | undefined {
  switch (node.kind) {
    case 'group':
      return node.number === number ? node.body : groupIn(node.body, number);
    case 'sequence':
    case 'choice': {
      for (const part of node.parts) {
        const found = groupIn(part, number);
        if (found) return found;
      }
      return undefined;
    }
    case 'repeat':
    case 'look':
      return groupIn(node.body, number);
    default:
      return undefined;
  }
}

function setsIn(node: Node): readonly ByteSet[] {
  switch (node.kind) {
    case 'set':
      return [node.bytes];
    case 'sequence':
    case 'choice':
      return node.parts.flatMap(setsIn);
    case 'group':
    case 'repeat':
      return setsIn(node.body);
    default:
      return [];
  }
}
