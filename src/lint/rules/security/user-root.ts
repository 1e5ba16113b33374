import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const powerful = ['root', 'wheel', 'admin', 'sudo', 'administrator', 'administrators'];

export const userRoot = defineRule({
  id: 'user-root',
  category: 'security',
  severity: 'error',
  summary: 'worker processes run as root',
  fixable: false,
  presets: ['recommended', 'security', 'cis', 'stig'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#user'],
  on: { user: look },
});

function look({ directive }: Use, { report }: RuleContext): void {
  const [user = '', group = user] = directive.args.map((word) => word.toLowerCase());
  const asUser = powerful.includes(user);
  if (!asUser && !powerful.includes(group)) return;
  report({
    span: spanOfArgument(directive, asUser ? 0 : 1),
    severity: asUser ? undefined : 'warning',
    message: asUser ? `worker processes run as "${user}"` : `worker processes belong to the group "${group}"`,
    why: 'Whoever gets a worker to run code of theirs, or to read a file, does it with all rights on this machine.',
    help: 'use an account of its own without rights and without a shell, "user nginx;"; the master process may stay root to open ports and logs',
  });
}
