import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfName } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { main } from '../../../schema/contexts.ts';
import { insertBefore } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const missingWorkerProcesses = defineRule({
  id: 'missing-worker-processes',
  category: 'performance',
  severity: 'info',
  summary: 'no "worker_processes": one process serves everything, on one core',
  fixable: 'unsafe',
  presets: ['recommended', 'performance'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#worker_processes'],
  check({ model, report }) {
    const { root, misplaced, config } = model;
    const [first] = root.uses;
    if (root.context !== main || !first || useIn(root, 'worker_processes') || hasHoleAround(config, root)) return;
    if (
      !root.children.some(({ uses }) => uses.length > 0) ||
      misplaced.some(({ directive }) => directive.name === 'worker_processes')
    )
      return;
    report({
      span: spanOfName(first.directive),
      message: 'one worker process serves everything',
      why: 'worker_processes is 1 unless it is written; the other cores stay idle, and a request that blocks on a disk holds up all others.',
      help: 'write "worker_processes auto;"',
      fix: {
        title: 'one process for each core',
        safety: 'unsafe',
        edits: [insertBefore(first.directive, ['worker_processes auto;'])],
      },
    });
  },
});
