import { lostSet } from '../../../model/lost-set.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, type Use, useIn } from '../../../model/scope.ts';
import { copyLost, lostNames, whereLost } from '../../lost-lines.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Headers that nginx sends by itself where no line of the configuration says otherwise. */
const own = /^(?:host|connection|content-length|content-type|accept-encoding|range|if-[a-z-]+)$/i;

export const proxySetHeaderInheritanceLost = defineRule({
  id: 'proxy-set-header-inheritance-lost',
  category: 'correctness',
  severity: 'warning',
  summary: 'a `proxy_set_header` of its own takes all those of the blocks around away from a block',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header'],
  on: {
    proxy_set_header: (use, context) => examine(use, 'proxy_pass', context),
    grpc_set_header: (use, context) => examine(use, 'grpc_pass', context),
  },
});

function examine(use: Use, pass: string, { model, report }: RuleContext): void {
  const { directive, scope } = use;
  const found = lostSet(use, model);
  if (!found || !passesWithThis(scope, directive.name, pass)) return;
  const back = found.lost.find((one) => one.directive.args[1] === '' && own.test(one.directive.args[0] ?? ''));
  const losesHost = found.lost.some((one) => /^host$/i.test(one.directive.args[0] ?? ''));
  report({
    span: spanOfHead(directive),
    severity: found.saysSomeAgain && !losesHost ? 'info' : undefined,
    message: `requests are passed on from here without ${lostNames(found.lost)}`,
    why: `One ${directive.name} in a block replaces all of the blocks around it.${
      back ? ` ${back.directive.args[0]}, which is taken away there, is sent from here.` : ''
    }`,
    help: 'write the lost lines again here, or include one file with all of them in both places',
    related: whereLost(found.lost),
    fix: copyLost(found),
  });
}

/** True when the block, or one in it that has no set of its own, passes requests on. */
function passesWithThis(scope: Scope, name: string, pass: string): boolean {
  return (
    useIn(scope, pass) !== undefined || scope.children.some((child) => !useIn(child, name) && passesWithThis(child, name, pass))
  );
}
