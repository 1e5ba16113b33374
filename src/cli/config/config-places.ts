import type { Document, ParsedNode } from 'yaml';
import { bytesOf } from '../../base/source-text.ts';
import type { Path } from '../../lint/configuration/validate.ts';

/** A range of bytes in a configuration file. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a place of the configuration is written, or the nearest one around it that is. */
export type Places = (path: Path, atKey: boolean) => Place;

/** Places in JSON and YAML, by their syntax tree. */
export function treePlaces(document: Document.Parsed<ParsedNode>, text: string, prefix: Path): Places {
  return (path, atKey) => {
    let node: unknown = document.contents;
    let [start, end] = [0, 0];
    const steps = [...prefix, ...path];
    for (const [depth, step] of steps.entries()) {
      const found = child(node, step);
      if (!found) break;
      node = found.value;
      const isLast = depth === steps.length - 1;
      [start, end] = rangeOf(isLast && !atKey ? (found.value ?? found.key) : found.key) ?? [start, end];
    }
    return place(text, start, end);
  };
}

/** Places in a program: its keys are looked for in their order, as words or quoted. */
export function textPlaces(text: string): Places {
  return (path) => {
    let [start, end] = [0, 0];
    for (const step of path) {
      if (typeof step === 'number') continue;
      const word = step.replace(/[^\w]/g, '\\$&');
      const pattern = new RegExp(`(["'])${word}\\1|(?<![\\w$-])${word}(?![\\w$-])`, 'g');
      pattern.lastIndex = end;
      const found = pattern.exec(text);
      if (!found) break;
      [start, end] = [found.index, found.index + found[0].length];
    }
    return place(text, start, end);
  };
}

/** A range of characters as one of bytes; an empty one gets the first word of the text. */
export function place(text: string, start: number, end: number): Place {
  const first = Math.max(1, text.search(/\s|$/));
  const from = bytesOf(text.slice(0, start)).length;
  return { start: from, end: from + bytesOf(text.slice(start, end > start ? end : start + first)).length };
}

interface Child {
  readonly key: unknown;
  readonly value: unknown;
}

/** The tree of yaml: maps and lists both have `items`, those of maps are pairs. */
function child(node: unknown, step: string | number): Child | undefined {
  const items = (node as { readonly items?: readonly unknown[] } | null)?.items;
  if (!Array.isArray(items)) return undefined;
  if (typeof step === 'number') return items[step] === undefined ? undefined : { key: items[step], value: items[step] };
  return items.find((pair: Child) => (pair.key as { readonly value?: unknown } | null)?.value === step) as Child | undefined;
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null)?.range;
  return range ? [range[0], range[1]] : undefined;
}
