import { type Address, modified } from './configuration.ts';

/** Bytes for one connection, and whom they are for. */
export interface Conversation {
  readonly to: Address;
  readonly bytes: string;
}

/** A table of conversations, or what was made of one. */
export interface Table {
  readonly title: string;
  readonly conversations: readonly Conversation[];
}

/** A GET of HTTP/1.1 with further header lines. */
export function get(path: string, ...fields: readonly string[]): string {
  return `GET ${path} HTTP/1.1\r\nHost: first\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`;
}

/** A request with a body, whose length is not told unless a header line tells it. */
export function send(method: string, path: string, fields: readonly string[], body: string): string {
  return `${method} ${path} HTTP/1.1\r\nHost: first\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n${body}`;
}

/** The ETag of a file with this content. */
export function etagOf(content: string): string {
  return `"${modified.toString(16)}-${content.length.toString(16)}"`;
}

/** One table: the same address for all. */
export function table(title: string, to: Address, requests: readonly string[]): Table {
  return { title, conversations: [...new Set(requests)].map((bytes) => ({ to, bytes })) };
}

/** All combinations of the entries of some lists, each once. */
export function product(...lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>((rows, list) => rows.flatMap((row) => list.map((entry) => [...row, entry])), [[]]);
}

/** Throws of a die that are the same on every run. */
export interface Dice {
  pick<Entry>(list: readonly Entry[]): Entry;
  upTo(most: number): number;
}

/** `count` things that dice make. */
export function thrown(dice: Dice, count: number, make: (dice: Dice) => string): string[] {
  return Array.from({ length: count }, () => make(dice));
}
