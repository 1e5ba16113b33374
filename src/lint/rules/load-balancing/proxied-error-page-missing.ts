import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne, serverAround } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { effective, type Scope } from '../../../model/scope.ts';
import { main } from '../../../schema/contexts.ts';
import { defineRule } from '../../rule.ts';

export const proxiedErrorPageMissing = defineRule({
  id: 'proxied-error-page-missing',
  category: 'load-balancing',
  severity: 'hint',
  summary: "nginx's bare page is what people see while back ends fail",
  fixable: false,
  presets: ['load-balancing', 'cis'],
  settings: { codes: { default: ['502', '503', '504'], about: 'answers that should have a page' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page'],
  needs: passNames,
  check({ references, model, setting, report }) {
    // A page for all of http is written in nginx.conf: of a file that it includes nothing is known.
    if (model.root.context !== main) return;
    const codes = setting<readonly string[]>('codes');
    const done = new Set<Scope>();
    for (const { scope, use, inStream, protocol } of references.passes) {
      const server = serverAround(scope);
      if (inStream || protocol === 'grpc' || done.has(server) || hasHoleAround(model.config, scope)) continue;
      if (effectiveOne(scope, 'default_type')?.directive.args[0]?.includes('json')) continue;
      const pages = new Set(effective(scope, 'error_page').flatMap(({ directive }) => directive.args));
      const missing = codes.filter((code) => !pages.has(code));
      if (missing.length === 0) continue;
      done.add(server);
      report({
        span: spanOfArgument(use.directive, 0),
        message: `no error_page for ${missing.join(', ')}`,
        why: 'When no back end answers nginx sends its own page of a few words, with its name at the bottom.',
        help: `write "error_page ${missing.join(' ')} /50x.html;" with a file that needs no back end`,
      });
    }
  },
});
