import type { ByteSet } from './byte-set.ts';

/** A pattern, read. Everything that matches one byte is a set of bytes; case is resolved. */
export type Node =
  | { readonly kind: 'set'; readonly bytes: ByteSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  /** `number` 0: it captures nothing. */
  | { readonly kind: 'group'; readonly number: number; readonly body: Node }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'repeat'; readonly min: number; readonly max: number; readonly lazy: boolean; readonly body: Node }
  | { readonly kind: 'anchor'; readonly what: 'start' | 'end' | 'very-end' | 'boundary' | 'not-boundary' };
