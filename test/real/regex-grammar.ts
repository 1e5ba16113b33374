import type { Dice } from '../support/mutate.ts';

/** Texts that most of the features meet. */
export const texts: readonly string[] = [
  '',
  'a',
  'b',
  'c',
  'A',
  'B',
  'ab',
  'ba',
  'aa',
  'bb',
  'aB',
  'AB',
  'aaa',
  'aab',
  'abb',
  'abc',
  'abab',
  'aabb',
  'aaabbb',
  'abcabc',
  'cab',
  'bc',
  'acb',
  'ac',
  'abbc',
  'a\n',
  'a\nb',
  'b\n',
  '\n',
  '\r\n',
  'a\r\nb',
  'ab\n',
  '\na',
  '\n\n',
  'a b',
  ' a',
  '12',
  '1,22,333',
  'x12',
  'x',
  'y',
  'xy',
  'xyz',
  '12x',
  'abx',
  'cdx',
  'bcx',
  'aba',
  'abba',
  'abcba',
  '(a(b)c)',
  '((',
  'a+',
  '[',
  ']',
  '-',
  'a-c',
  '{1}',
  '\x00',
  '\x01',
  '\x7f',
  '\xe9',
  '\xc9',
  '\xa0',
  '\x85',
  '\xb2',
  '$',
  '_',
  'caf\xe9',
  '/a/b/',
  '/index.php',
  '/app/',
  '/x.css?v=1',
  '/en-US/',
  'me@host',
  'www.a.b',
  '10.0.0.1',
  '/a/b/1',
  'curl',
  '\t \v',
  'n',
  'p',
  'R',
];

const atoms = [
  'a',
  'b',
  'c',
  'A',
  '.',
  '\\w',
  '\\d',
  '[ab]',
  '[^a]',
  '[[:alpha:]]',
  '\\s',
  '\\x61',
  '\\R',
  '\\N',
  '(?i)b',
  '\\p{L}',
  '\\h',
  '[a-c]',
  '\\Qb\\E',
];
const edges = ['^', '$', '\\b', '\\B', '\\A', '\\z', '\\Z', '\\G', '(?m)', '(?s)', '(?i)', '(?-i)', '\\K'];
const counts = ['*', '+', '?', '{2}', '{1,2}', '{0,}', '{2,}'];
const kinds = ['', '', '?', '+'];

/** A pattern by chance: sound, with groups in groups. */
export function patternBy(dice: Dice, depth = 3): string {
  const pick = <Entry>(list: readonly Entry[]): Entry => list[Math.floor(dice() * list.length)] as Entry;
  const inner = () => patternBy(dice, depth - 1);
  const one = (): string => {
    const roll = dice();
    if (depth === 0 || roll < 0.4) return pick(atoms);
    if (roll < 0.5) return pick(edges);
    if (roll < 0.68) return `(${inner()})`;
    if (roll < 0.78) return `(?:${inner()})`;
    if (roll < 0.83) return `(?>${inner()})`;
    if (roll < 0.89) return `${pick(['(?=', '(?!'])}${inner()})`;
    if (roll < 0.91) return `${pick(['(?<=', '(?<!'])}${pick(atoms)})`;
    if (roll < 0.95) return `(${inner()})${pick(['\\1', '\\g{-1}'])}`;
    if (roll < 0.97) return `(${inner()})(?(1)${pick(atoms)}|${pick(atoms)})`;
    return `(${inner()})(?-1)`;
  };
  const some = Array.from({ length: 1 + Math.floor(dice() * 3) }, () => {
    const piece = one();
    const repeats = /^(?:\\[wdshNpRx]|\[|[a-cA.]|\((?!\?[=!<im s-]))/.test(piece) && !piece.startsWith('(?i') && dice() < 0.4;
    return repeats ? piece + pick(counts) + pick(kinds) : piece;
  }).join('');
  return dice() < 0.2 ? `${some}|${one()}` : some;
}

/** A text by chance. */
export function textBy(dice: Dice): string {
  return Array.from({ length: Math.floor(dice() * 9) }, () => 'aaabbbcAB1 \n'[Math.floor(dice() * 12)]).join('');
}
