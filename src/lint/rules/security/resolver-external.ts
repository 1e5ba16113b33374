import { addressOf } from '../../../model/address.ts';
import type { Model } from '../../../model/build.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { networkOf } from '../../../model/network.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { mentionsOf } from '../../../model/variable-mentions.ts';
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

function look(use: Use, context: RuleContext): void {
  const { directive } = use;
  const allowed = context.setting<readonly string[]>('allow');
  const isSigned = servesStaplingOnly(use, context);
  for (const [index, word] of directive.args.entries()) {
    if (/^\w+=/.test(word) || word.includes('$')) continue;
    const host = hostOf(word);
    if (host === 'off' || isInside(host) || allowed.includes(host)) continue;
    context.report({
      span: spanOfArgument(directive, index),
      severity: isSigned ? 'info' : undefined,
      message: `names are looked up at "${host}", which is not in this network`,
      why: isSigned
        ? 'Only the OCSP responder is looked up here, whose answers are signed: a forged address takes the stapled answer away, and does no more.'
        : "Answers come as plain UDP packets over the Internet. Who guesses a port and a number is faster than the real answer, and decides where this server's requests go.",
      help: 'run a resolver on this machine or in its network, which checks signatures, and name that: "resolver 127.0.0.1;"',
    });
  }
}

/** The name in question is that of the OCSP responder, and nothing else is looked up as far as can be seen. */
function servesStaplingOnly({ scope }: Use, context: RuleContext): boolean {
  return effectiveOne(scope, 'ssl_stapling')?.directive.args[0] === 'on' && !looksUpOthers(context);
}

const memory = new WeakMap<Model, boolean>();

/** True when a back end's name is only known while requests are answered, or may be, in code that is not seen. */
function looksUpOthers({ model, references: { passes, upstreams } }: RuleContext): boolean {
  let answer = memory.get(model);
  if (answer === undefined) {
    answer =
      mentionsOf(model).hasHidden ||
      passes.some(({ use }) => addressOf(use.directive.args[0] ?? '').host.includes('$')) ||
      upstreams.some(({ servers }) => servers.some(({ use }) => use.directive.args.includes('resolve')));
    memory.set(model, answer);
  }
  return answer;
}

function hostOf(word: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(word)?.[1] ?? (/^[^:]*:[^:]*$/.test(word) ? word.replace(/:\d+$/, '') : word);
}

function isInside(host: string): boolean {
  const network = networkOf(host);
  return network ? network.isPrivate : insideNames.test(host);
}
