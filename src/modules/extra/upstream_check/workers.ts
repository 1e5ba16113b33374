import type { PlanContext } from '../../../runtime/hooks.ts';

/** How many worker processes the configuration asks for: each of them checks (ngx_set_worker_processes). */
export function workersOf({ model, host }: PlanContext): number {
  const line = model.root.uses.find(({ directive }) => directive.name === 'worker_processes');
  const count = line?.directive.args[0] ?? '1';
  return count === 'auto' ? host.cpus : Math.max(1, Number(count) || 1);
}
