import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfName } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { main } from '../../../schema/contexts.ts';
import { defineRule } from '../../rule.ts';

export const missingErrorLog = defineRule({
  id: 'missing-error-log',
  category: 'reliability',
  severity: 'hint',
  summary: 'nothing says where errors are written',
  fixable: false,
  presets: ['cis'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#error_log'],
  check({ model, report }) {
    const { root, config } = model;
    const first = root.uses[0];
    if (root.context !== main || !first || useIn(root, 'error_log') || hasHoleAround(config, root)) return;
    report({
      span: spanOfName(first.directive),
      message: 'no error_log at the top of the configuration',
      why: 'Errors go where the package has decided, at the level "error"; who reads the file alone does not learn where.',
      help: 'write "error_log /var/log/nginx/error.log warn;" at the top',
    });
  },
});
