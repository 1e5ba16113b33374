import { type Condition, parseCondition } from '../../grammar/condition.ts';
import type { ConfigDirective } from '../config/config-tree.ts';

export type { Condition } from '../../grammar/condition.ts';

/** The condition of an `if`; undefined when nginx would refuse it. */
export function conditionOf({ args }: ConfigDirective): Condition | undefined {
  return parseCondition(args).condition ?? undefined;
}
