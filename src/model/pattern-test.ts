import { parseCondition } from '../../grammar/condition.ts';
import type { ConfigDirective } from '../config/config-tree.ts';

/** An `if` that tests a variable with a regular expression. */
export interface PatternTest {
  /** In lower case, without `$`. */
  readonly variable: string;
  readonly pattern: string;
  readonly caseless: boolean;
  /** `!~` */
  readonly negative: boolean;
  /** The argument that holds the pattern. */
  readonly index: number;
}

/** Reads the condition of an `if`; undefined when it tests something else. */
export function patternTestOf({ args }: ConfigDirective): PatternTest | undefined {
  const { condition } = parseCondition(args);
  if (condition?.kind !== 'match') return undefined;
  return {
    variable: condition.variable.toLowerCase(),
    pattern: condition.right,
    caseless: condition.operator.endsWith('*'),
    negative: condition.operator.startsWith('!'),
    index: args.findLastIndex((word) => word.includes(condition.right)),
  };
}
