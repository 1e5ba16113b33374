import { bug } from '../base/bug.ts';
import { type Anchor, childrenOf, isRare, type Node } from './ast.ts';
import { type ByteSet, classText } from './byte-set.ts';
import { parsePattern } from './parse.ts';
import { TreeMatcher } from './tree-matcher.ts';

/** Runs a pattern over byte strings, as `RegExp` does where it stands without flags. */
export interface PatternMatcher {
  /** What the whole and the groups have matched; null when nothing does. */
  exec(subject: string): readonly (string | undefined)[] | null;
  test(subject: string): boolean;
}

/** A pattern that is run exactly as PCRE would: by JavaScript's engine where that is provably equal, else by ours. */
export interface CompiledRegex {
  readonly regexp: PatternMatcher;
  readonly groups: number;
  /** Named groups by number. */
  readonly names: ReadonlyMap<string, number>;
}

/** Why there is no such pattern: PCRE refuses it, or it uses what is not known here. */
export type RegexProblem = { readonly error: string } | { readonly unsupported: string };

const cache = new Map<string, CompiledRegex | RegexProblem>();

/** Reads a PCRE pattern over bytes; nothing is passed through unread. */
export function compileRegex(pattern: string, { caseless = false } = {}): CompiledRegex | RegexProblem {
  const key = `${caseless ? 'i' : '-'}${pattern}`;
  let compiled = cache.get(key);
  if (!compiled) {
    if (cache.size > 5000) cache.clear();
    cache.set(key, (compiled = translate(pattern, caseless)));
  }
  return compiled;
}

function translate(pattern: string, caseless: boolean): CompiledRegex | RegexProblem {
  const parsed = parsePattern(pattern, caseless);
  if ('error' in parsed || 'unsupported' in parsed) return parsed;
  const { node, groups, names } = parsed;
  const regexp = isNative(node) ? new RegExp(write(node)) : new TreeMatcher(node, groups, names);
  return { regexp, groups, names };
}

/** True when JavaScript's engine goes PCRE's way. */
function isNative(node: Node): boolean {
  if (isRare(node)) return false;
  if (node.kind === 'look' && node.behind && hasGroup(node.body)) return false;
  return !(node.kind === 'repeat' && differsInTurns(node)) && childrenOf(node).every(isNative);
}

/** JavaScript forgets captures at each turn of a loop, and a turn that may be left out does not match nothing. */
function differsInTurns({ min, max, body }: Extract<Node, { kind: 'repeat' }>): boolean {
  if (max > 1) return canBeEmpty(body) || hasOptionalGroup(body, false);
  return min === 0 && hasGroup(body) && canBeEmpty(body);
}

function hasGroup(node: Node): boolean {
  return (node.kind === 'group' && node.number > 0) || childrenOf(node).some(hasGroup);
}

/** A group that a turn of the loop may leave out. */
function hasOptionalGroup(node: Node, optional: boolean): boolean {
  switch (node.kind) {
    case 'group':
      return (optional && node.number > 0) || hasOptionalGroup(node.body, optional);
    case 'sequence':
      return node.parts.some((part) => hasOptionalGroup(part, optional));
    case 'choice':
      return node.parts.some((part) => hasOptionalGroup(part, true));
    case 'repeat':
      return hasOptionalGroup(node.body, optional || node.min === 0);
    case 'look':
      return hasGroup(node.body);
    default:
      return false;
  }
}

function canBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'choice':
      return node.parts.some(canBeEmpty);
    case 'group':
      return canBeEmpty(node.body);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    default:
      return true;
  }
}

function write(node: Node): string {
  switch (node.kind) {
    case 'set':
      return writeSet(node.bytes);
    case 'sequence':
      return node.parts.map(write).join('');
    case 'choice':
      return `(?:${node.parts.map(write).join('|')})`;
    case 'group':
      return `${node.number > 0 ? '(' : '(?:'}${write(node.body)})`;
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${write(node.body)})`;
    case 'repeat':
      return `(?:${write(node.body)})${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`;
    case 'anchor':
      return anchors[node.what];
    default:
      return bug(`no native ${node.kind}`);
  }
}

/** `$` and `\Z` also match before a last line feed. */
const anchors: Readonly<Record<Anchor, string>> = {
  start: '^',
  end: '(?=\\n?$)',
  'very-end': '$',
  boundary: '\\b',
  'not-boundary': '\\B',
};

function writeSet(bytes: ByteSet): string {
  return classText(bytes);
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
