/** How many arguments a directive takes (nginx: NGX_CONF_TAKE1, NGX_CONF_1MORE …). */
export interface Arity {
  readonly min: number;
  readonly max: number;
  /** The numbers allowed, when they are not the whole range. */
  readonly only?: readonly number[];
}

export const none: Arity = { min: 0, max: 0 };
export const take1: Arity = { min: 1, max: 1 };
export const take2: Arity = { min: 2, max: 2 };
export const take3: Arity = { min: 3, max: 3 };
export const take12: Arity = { min: 1, max: 2 };
export const take13: Arity = { min: 1, max: 3, only: [1, 3] };
export const take23: Arity = { min: 2, max: 3 };
export const take123: Arity = { min: 1, max: 3 };
export const take1234: Arity = { min: 1, max: 4 };
export const anyNumber: Arity = { min: 0, max: Infinity };
export const oneOrMore: Arity = { min: 1, max: Infinity };
export const twoOrMore: Arity = { min: 2, max: Infinity };

/** Any other range. */
export function from(min: number, max: number): Arity {
  return { min, max };
}

/** True when `count` arguments are allowed. */
export function takes(arity: Arity, count: number): boolean {
  return arity.only ? arity.only.includes(count) : count >= arity.min && count <= arity.max;
}

/** The rule in words: `1 argument`, `1 or 3 arguments`, `at least 2 arguments`, `2 to 6 arguments`. */
export function describe({ min, max, only }: Arity): string {
  if (only) return `${only.join(' or ')} arguments`;
  if (max === 0) return 'no arguments';
  if (max === Infinity) return min === 0 ? 'any number of arguments' : `at least ${count(min)}`;
  if (min === max) return count(min);
  return max === min + 1 ? `${min} or ${max} arguments` : `${min} to ${max} arguments`;
}

function count(n: number): string {
  return n === 1 ? '1 argument' : `${n} arguments`;
}
