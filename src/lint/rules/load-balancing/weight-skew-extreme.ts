import { hashKeyOf } from '../../../model/hash-key.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { indexOf, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { defineRule } from '../../rule.ts';

/** nginx puts so many points on the ring for each unit of weight (ngx_http_upstream_init_chash). */
const points = 160;

export const weightSkewExtreme = defineRule({
  id: 'weight-skew-extreme',
  category: 'load-balancing',
  severity: 'hint',
  summary: 'weights far apart, or larger than their proportion needs',
  fixable: false,
  presets: ['load-balancing'],
  settings: { ratio: { default: 50, about: 'how many times the smallest weight the largest may be' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#weight'],
  needs: ['upstream'],
  check({ references, setting, report }) {
    for (const upstream of references.upstreams) {
      const servers = usableServers(upstream).filter(({ backup }) => !backup);
      const weights = servers.map((server) => parametersOf(server).weight);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const most = weights.reduce((a, b) => Math.max(a, b), 0);
      const least = weights.reduce((a, b) => Math.min(a, b), most);
      const heaviest = servers.find((server) => parametersOf(server).weight === most);
      if (!heaviest || servers.length < 2 || most === least || total === 100) continue;
      const divisor = weights.reduce(greatestCommonDivisor);
      const isSkewed = most / least > setting<number>('ratio');
      if (!isSkewed && divisor === 1) continue;
      const ring = hashKeyOf(upstream)?.consistent;
      report({
        span: spanOfArgument(heaviest.use.directive, indexOf(heaviest, 'weight')),
        message: isSkewed
          ? `this server gets ${most} requests for each ${least} of the lightest`
          : `${weights.join(' : ')} is ${weights.map((weight) => weight / divisor).join(' : ')}`,
        why: ring
          ? `With a consistent hash each unit of weight is ${points} points in memory: ${total * points} here, ${(total * points) / divisor} would do.`
          : isSkewed
            ? 'The lightest server hardly gets a request: nobody notices when it is broken, and its caches are cold when it is needed.'
            : 'Weights are proportions; a factor that all have in common changes nothing but how slowly a server comes back after failures.',
        help: isSkewed ? 'bring them closer, or mark the light one as backup' : 'write the smaller numbers',
      });
    }
  },
});

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
