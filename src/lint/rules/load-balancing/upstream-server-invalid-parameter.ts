import { nearest, similarTo } from '../../../base/nearest.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamServerInvalidParameter = defineRule({
  id: 'upstream-server-invalid-parameter',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a parameter that a server of an upstream does not have, or a value it cannot have',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  madeIn: 'model',
  advise: ({ word, span }) => {
    const [, name = '', rest = ''] = /^([^=]*)(.*)$/.exec(word) ?? [];
    if (word === 'weight=0') return { help: 'a server that should get no requests is marked down' };
    const [guess, ...others] = nearest(similarTo(name.replaceAll('-', '_'), parameters));
    const known = parameters.has(name.replaceAll('-', '_')) ? name.replaceAll('-', '_') : guess;
    if (known === undefined || known === name || others.length > 0) return undefined;
    const instead = `${known}${rest}`;
    return {
      help: `did you mean "${instead}"?`,
      fix: { title: `write "${instead}"`, safety: 'unsafe', edits: [replace(span, instead)] },
    };
  },
});

const parameters: ReadonlySet<string> = new Set([
  'weight',
  'max_conns',
  'max_fails',
  'fail_timeout',
  'backup',
  'down',
  'resolve',
  'service',
  'route',
  'slow_start',
  'drain',
]);
