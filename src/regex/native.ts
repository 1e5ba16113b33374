import type { Node } from './ast.ts';
import { type ByteSet, classText } from './byte-set.ts';
import { parsePattern } from './parse.ts';

/** A pattern that JavaScript's engine runs exactly as PCRE would. */
export interface CompiledRegex {
  /** For `exec` on byte strings; no flags. */
  readonly regexp: RegExp;
  readonly groups: number;
  /** Named groups by number. */
  readonly names: ReadonlyMap<string, number>;
}

/** Why there is no such pattern: PCRE refuses it, or it uses what cannot be proved equal. */
export type RegexProblem = { readonly error: string } | { readonly unsupported: string };

const cache = new Map<string, CompiledRegex | RegexProblem>();

/** Translates a PCRE pattern over bytes; nothing is passed through unread. */
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
  const difference = differenceIn(parsed.node);
  if (difference !== undefined) return { unsupported: difference };
  return { regexp: new RegExp(write(parsed.node)), groups: parsed.groups, names: parsed.names };
}

/** Where JavaScript would go another way than PCRE, in words; undefined when nowhere. */
function differenceIn(node: Node): string | undefined {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts.map(differenceIn).find((found) => found !== undefined);
    case 'group':
      return differenceIn(node.body);
    case 'look':
      if (node.behind && hasGroup(node.body)) return 'a group inside a lookbehind';
      return differenceIn(node.body);
    case 'repeat':
      return differenceInRepeat(node.body, node.max) ?? differenceIn(node.body);
    default:
      return undefined;
  }
}

/** JavaScript forgets captures at each turn of a loop and refuses empty turns. */
function differenceInRepeat(body: Node, max: number): string | undefined {
  if (max <= 1) return undefined;
  if (canBeEmpty(body)) return 'a repeated group that can match nothing';
  return hasOptionalGroup(body, false) ? 'an optional group inside a repeated one' : undefined;
}

function hasGroup(node: Node): boolean {
  switch (node.kind) {
    case 'group':
      return node.number > 0 || hasGroup(node.body);
    case 'sequence':
    case 'choice':
      return node.parts.some(hasGroup);
    case 'repeat':
    case 'look':
      return hasGroup(node.body);
    default:
      return false;
  }
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
    default:
      return anchors[node.what];
  }
}

/** `$` and `\Z` also match before a last line feed. */
const anchors: Readonly<Record<Extract<Node, { kind: 'anchor' }>['what'], string>> = {
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
