import type { Token } from '../../grammar/tokens.ts';
import type { Skipped } from './tree.ts';

/** Adds a token to the bytes that belong to no node; those that touch become one. */
export function skip(skipped: Skipped[], { startOffset, image }: Token): void {
  const last = skipped.at(-1);
  const end = startOffset + image.length;
  if (last?.end === startOffset) skipped[skipped.length - 1] = { start: last.start, end };
  else skipped.push({ start: startOffset, end });
}
