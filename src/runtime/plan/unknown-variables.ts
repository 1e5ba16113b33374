import { type Definer, definerOf } from '../../model/defined-variables.ts';
import type { Planning } from './planning.ts';

/** Names the variables that are used and have no value here: nginx refuses what it does not know, the others are not run. */
export function reportUnknownVariables(planner: Planning): void {
  const { model, variables, engine } = planner;
  for (const { name, users } of variables.unknown()) {
    const definer = definerOf(name, model, engine.profile.version);
    for (const user of new Set(users)) {
      if (!definer) planner.fail(`unknown "${name}" variable`, user);
      else if (user) planner.notRun(user, `$${name} is empty: ${sourceOf(definer)} is not run`);
      if (!definer) break;
    }
  }
}

function sourceOf(definer: Definer): string {
  return 'module' in definer ? definer.module : `"${definer.directive}"`;
}
