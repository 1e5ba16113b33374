import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { insertBefore, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const workerRlimitNofile = defineRule({
  id: 'worker-rlimit-nofile',
  category: 'performance',
  severity: 'info',
  summary: 'fewer open files are allowed than the connections need',
  fixable: 'unsafe',
  presets: ['performance'],
  settings: {
    assumedLimit: { default: 1024, about: 'how many files a process may open where worker_rlimit_nofile is not written' },
    factor: { default: 2, about: 'files for each connection: a proxied request has one to the client and one to the back end' },
  },
  references: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile',
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
  ],
  on: {
    worker_connections({ directive, scope }, { model, report, setting }) {
      const connections = Number(directive.args[0]);
      const { root } = model;
      const written = useIn(root, 'worker_rlimit_nofile')?.directive;
      const limit = written ? Number(written.args[0]) : setting<number>('assumedLimit');
      const needed = connections * setting<number>('factor');
      const [first] = root.uses;
      if (!(limit < needed) || scope.parent !== root || !first || hasHoleAround(model.config, root)) return;
      const edit = written
        ? replace(spanOfArgument(written, 0), String(needed))
        : insertBefore(first.directive, [`worker_rlimit_nofile ${needed};`]);
      report({
        span: written ? spanOfHead(written) : spanOfHead(directive),
        message: `${connections} connections need about ${needed} files, ${limit} ${written ? 'are allowed' : 'is the usual limit'}`,
        why: 'When no more files may be opened nginx logs "Too many open files" and new connections wait or fail, long before worker_connections is reached.',
        help: `write "worker_rlimit_nofile ${needed};"`,
        related: written && [{ message: 'as many connections', span: spanOfHead(directive) }],
        fix: { title: 'allow as many as are needed', safety: 'unsafe', edits: [edit] },
      });
    },
  },
});
