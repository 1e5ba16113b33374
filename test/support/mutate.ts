import { sourceText } from '../../src/base/source-text.ts';
import type { ConfigDirective } from '../../src/config/config-tree.ts';
import { readAsNginx } from '../../src/model/check/reader.ts';

/** Pseudo-random numbers that are the same on every run. */
export type Dice = () => number;

/** mulberry32 */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One change to a text, and what it was. */
export interface Mutant {
  readonly text: string;
  readonly what: string;
}

const values = [
  'on',
  'off',
  '0',
  '1',
  '10',
  '4k',
  '1m',
  '30s',
  '1h',
  '/',
  '/a',
  '$uri',
  '$nope',
  'x',
  'x=1',
  '',
  '~^/a',
  '~(',
  'a.example.com',
  '127.0.0.1',
  '127.0.0.1:28080',
  'http://127.0.0.1',
  'backup',
  'default',
  '404',
  '600',
  '-1',
  '"a b"',
  '100%',
  'zone=one:1m',
];

type Operation = (text: string, all: readonly ConfigDirective[], roll: Dice) => Mutant | undefined;

const operations: Readonly<Record<string, Operation>> = {
  delete: (text, all, roll) => edited(text, pick(all, roll), () => ''),
  duplicate: (text, all, roll) => edited(text, pick(all, roll), (image) => `${image}\n${image}`),
  swap: swapped,
  move: moved,
  value: (text, all, roll) => argument(text, all, roll, () => pick(values, roll)),
  'drop argument': (text, all, roll) => argument(text, all, roll, () => ' '),
  'add argument': (text, all, roll) => argument(text, all, roll, (image) => `${image} ${pick(values, roll)}`),
  'swap values': swappedValues,
  typo: (text, all, roll) => named(text, all, roll, (name) => typo(name, roll)),
  rename: (text, all, roll) => named(text, all, roll, () => pick(all, roll).name),
  'drop character': (text, _, roll) => {
    const found = [...text.matchAll(/[;{}"'$]/g)];
    const at = pick(found, roll)?.index;
    return at === undefined ? undefined : { text: text.slice(0, at) + text.slice(at + 1), what: `drop ${text[at]}` };
  },
};

/** Changes a configuration in one place. */
export function mutate(text: string, roll: Dice): Mutant | undefined {
  const all = flat(readAsNginx(sourceText('x', text)).statements);
  const name = pick(Object.keys(operations), roll);
  const mutant = operations[name]?.(text, all, roll);
  return mutant && mutant.text !== text ? { ...mutant, what: `${name}: ${mutant.what}` } : undefined;
}

function flat(statements: readonly ConfigDirective[]): ConfigDirective[] {
  return statements.flatMap((statement) => [statement, ...flat(statement.children ?? [])]);
}

function pick<T>(list: readonly T[], roll: Dice): T {
  return list[Math.floor(roll() * list.length)] as T;
}

function edited(text: string, { node, name }: ConfigDirective, change: (image: string) => string): Mutant {
  const image = text.slice(node.start, node.end);
  return { text: text.slice(0, node.start) + change(image) + text.slice(node.end), what: name };
}

function swapped(text: string, all: readonly ConfigDirective[], roll: Dice): Mutant | undefined {
  const one = pick(all, roll);
  const siblings = all.filter((other) => other.parent === one.parent && other !== one);
  if (siblings.length === 0) return undefined;
  const other = pick(siblings, roll);
  const [first, second] = one.node.start < other.node.start ? [one.node, other.node] : [other.node, one.node];
  const [a, b] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
  return {
    text: text.slice(0, first.start) + b + text.slice(first.end, second.start) + a + text.slice(second.end),
    what: `${one.name} ${other.name}`,
  };
}

function moved(text: string, all: readonly ConfigDirective[], roll: Dice): Mutant | undefined {
  const one = pick(all, roll);
  const blocks = all.filter(
    ({ node }) =>
      node.block &&
      !(node.start <= one.node.start && one.node.end <= node.end) &&
      !(one.node.start <= node.start && node.end <= one.node.end),
  );
  if (blocks.length === 0) return undefined;
  const target = pick(blocks, roll);
  const open = (target.node.block?.open ?? 0) + 1;
  const image = text.slice(one.node.start, one.node.end);
  const cut = (part: string, from: number): string =>
    one.node.start >= from && one.node.end <= from + part.length
      ? part.slice(0, one.node.start - from) + part.slice(one.node.end - from)
      : part;
  return {
    text: `${cut(text.slice(0, open), 0)}\n${image}${cut(text.slice(open), open)}`,
    what: `${one.name} into ${target.name}`,
  };
}

function argument(
  text: string,
  all: readonly ConfigDirective[],
  roll: Dice,
  change: (image: string) => string,
): Mutant | undefined {
  const one = pick(
    all.filter(({ args }) => args.length > 0),
    roll,
  );
  const word = pick(one.node.args, roll);
  const image = text.slice(word.start, word.end);
  const value = change(image);
  return {
    text: text.slice(0, word.start) + (value === '' ? '""' : value) + text.slice(word.end),
    what: `${one.name} ${image} → ${value}`,
  };
}

function swappedValues(text: string, all: readonly ConfigDirective[], roll: Dice): Mutant | undefined {
  const some = all.filter(({ args }) => args.length > 0);
  const word = pick(pick(some, roll).node.args, roll);
  return argument(text, all, roll, () => text.slice(word.start, word.end));
}

function named(text: string, all: readonly ConfigDirective[], roll: Dice, change: (name: string) => string): Mutant {
  const { node, name } = pick(all, roll);
  return { text: text.slice(0, node.name.start) + change(name) + text.slice(node.name.end), what: name };
}

function typo(name: string, roll: Dice): string {
  const at = Math.floor(roll() * name.length);
  return roll() < 0.5 ? name.slice(0, at) + name.slice(at + 1) : `${name.slice(0, at)}x${name.slice(at)}`;
}
