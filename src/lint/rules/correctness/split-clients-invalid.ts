import type { ConfigDirective } from '../../../config/config-tree.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const splitClientsInvalid = defineRule({
  id: 'split-clients-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'percentages that are none, or more than 100',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_split_clients_module.html'],
  madeIn: 'model',
  advise: ({ directive, nginx }) =>
    nginx.includes('greater than 100')
      ? {
          why: 'Each part of the clients is one of 100: nginx does not start with more.',
          help: `the parts add up to ${sumOf(directive)}%: make one smaller, and give the last one "*"`,
        }
      : {
          why: 'A part is a number with at most two decimals and "%", or "*" for the rest: nginx does not start with anything else.',
          help: 'write "12.5%", or "*"',
        },
});

function sumOf({ children }: ConfigDirective): number {
  const parts = (children ?? []).map(({ name }) => Math.round(100 * Number.parseFloat(name)) || 0);
  return parts.reduce((sum, part) => sum + part, 0) / 100;
}
