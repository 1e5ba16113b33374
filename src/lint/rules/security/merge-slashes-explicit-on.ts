import { spanOfHead } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

export const mergeSlashesExplicitOn = defineRule({
  id: 'merge-slashes-explicit-on',
  category: 'security',
  severity: 'hint',
  summary: 'merge_slashes on says the default, and back ends may see paths otherwise',
  fixable: false,
  presets: ['strict'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#merge_slashes'],
  on: {
    merge_slashes({ directive }, { report }) {
      if (directive.args[0] !== 'on') return;
      report({
        span: spanOfHead(directive),
        message: '"merge_slashes on" is the default',
        why: 'Locations are matched against the path with slashes merged, while proxy_pass without a URI sends it as it came: rules here and routes of the back end can disagree about "//admin".',
        help: 'leave it out, and let the back end merge slashes as well',
      });
    },
  },
});
