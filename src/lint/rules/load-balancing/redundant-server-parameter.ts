import { hashKeyOf } from '../../../model/hash-key.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, parametersOf } from '../../../model/server-parameters.ts';
import { removeWord } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const defaults = { weight: 1, max_fails: 1, fail_timeout: 10, max_conns: 0 } as const;
const fields = { weight: 'weight', max_fails: 'maxFails', fail_timeout: 'failTimeout', max_conns: 'maxConns' } as const;

export const redundantServerParameter = defineRule({
  id: 'redundant-server-parameter',
  category: 'load-balancing',
  severity: 'hint',
  summary: 'a parameter of a server that says what is so anyway',
  fixable: 'unsafe',
  presets: ['style'],
  settings: { keep: { default: [], about: 'parameters that may be written all the same' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      if (!areWeightsEqual(upstream)) reportDefaults(upstream, context);
      else if (!context.setting<readonly string[]>('keep').includes('weight')) reportEqualWeights(upstream, context);
    }
  },
});

function areWeightsEqual({ servers }: Upstream): boolean {
  const weights = servers.map((server) => parametersOf(server).weight);
  const [first = 1] = weights;
  return servers.length > 1 && first > 1 && weights.every((weight) => weight === first);
}

function reportDefaults({ servers }: Upstream, { setting, report }: RuleContext): void {
  const keep = setting<readonly string[]>('keep');
  for (const server of servers) {
    const { directive } = server.use;
    for (const name of ['weight', 'max_fails', 'fail_timeout', 'max_conns'] as const) {
      const index = indexOf(server, name);
      const word = directive.node.args[index];
      if (!word || keep.includes(name) || parametersOf(server)[fields[name]] !== defaults[name]) continue;
      report({
        span: spanOfArgument(directive, index),
        message: `${directive.args[index]} is the default`,
        why: 'Who reads it looks for the reason.',
        help: 'leave it out',
        fix: { title: 'remove it', safety: 'safe', edits: [removeWord(directive, word)] },
      });
    }
  }
}

/** Without weights the shares are the same, but where a hash leads may change. */
function reportEqualWeights({ servers, scope }: Upstream, { report }: RuleContext): void {
  const hashes = useIn(scope, 'ip_hash') !== undefined || hashKeyOf({ scope }) !== undefined;
  for (const server of servers) {
    const { directive } = server.use;
    const index = indexOf(server, 'weight');
    const word = directive.node.args[index];
    if (!word) continue;
    report({
      span: spanOfArgument(directive, index),
      message: `every server has ${directive.args[index]}`,
      why: 'Shares are in proportion to the sum: equal weights are the same as none.',
      help: 'leave it out',
      fix: hashes ? undefined : { title: 'remove it', safety: 'unsafe', edits: [removeWord(directive, word)] },
    });
  }
}
