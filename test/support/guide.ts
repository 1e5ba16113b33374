import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.ts';

/** A fenced block of a page: its language, the file it is (`file=` on the fence), its text. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

/** The fenced blocks of a page, of one of its sections (`## NAME`) when that is named. */
export function blocksOf(page: string, section?: string): Block[] {
  const whole = readFileSync(join(root, page), 'utf8');
  const text = section === undefined ? whole : (whole.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '');
  return [...text.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, body = '']) => ({
    language,
    file,
    text: body,
  }));
}
