import { networkOf } from '../../../model/network.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Names of the own network, and those that only a cloud's own network answers. */
const insideNames = /^[^.]+$|\.(local|localdomain|internal|intranet|lan|home|corp|test|localhost|consul|arpa)$/i;

export const resolverExternal = defineRule({
  id: 'resolver-external',
  category: 'security',
  severity: 'warning',
  summary: 'names are looked up at a server of the Internet, whose answers can be forged on the way',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: { allow: { default: [], about: 'addresses and names of resolvers that are fine' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
    'https://blog.zorinaq.com/nginx-resolver-vulns/',
  ],
  on: { resolver: look },
});

function look({ directive }: Use, context: RuleContext): void {
  const allowed = context.setting<readonly string[]>('allow');
  for (const [index, word] of directive.args.entries()) {
    if (/^\w+=/.test(word) || word.includes('$')) continue;
    const host = hostOf(word);
    if (host === 'off' || isInside(host) || allowed.includes(host)) continue;
    context.report({
      span: spanOfArgument(directive, index),
      message: `names are looked up at "${host}", which is not in this network`,
      why: "Answers come as plain UDP packets over the Internet. Who guesses a port and a number is faster than the real answer, and decides where this server's requests go.",
      help: 'run a resolver on this machine or in its network, which checks signatures, and name that: "resolver 127.0.0.1;"',
    });
  }
}

function hostOf(word: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(word)?.[1] ?? (/^[^:]*:[^:]*$/.test(word) ? word.replace(/:\d+$/, '') : word);
}

function isInside(host: string): boolean {
  const network = networkOf(host);
  return network ? network.isPrivate : insideNames.test(host);
}
