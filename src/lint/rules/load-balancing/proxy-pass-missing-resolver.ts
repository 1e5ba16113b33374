import { type Address, isIp, isUnix } from '../../../model/address.ts';
import { variablesIn } from '../../../model/hash-key.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames, type References } from '../../../model/references.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Variables that hold a name, whatever else: the host that was asked for, what a client wrote, what a regular expression found. */
const names = /^(host|http_host|http_\w+|arg_\w+|cookie_\w+|ssl_server_name|ssl_preread_server_name|\d)$/;

export const proxyPassMissingResolver = defineRule({
  id: 'proxy-pass-missing-resolver',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a URL with variables, whose host has to be looked up, and nobody to ask',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
  ],
  needs: passNames,
  check(context) {
    const { references, model } = context;
    let literal: ReadonlySet<string> | undefined;
    for (const pass of references.passes) {
      const text = pass.use.directive.args[0] ?? '';
      if (!text.includes('$') || effectiveOne(pass.scope, 'resolver') || hasHoleAround(model.config, pass.scope)) continue;
      literal ??= literalTargets(references);
      const known = literal;
      const name = pass.targets?.find((target) => !isThere(target, pass, known));
      if (name && name.host !== '') report(pass, name.host, context);
      else if (!pass.targets && namesOnly(text)) report(pass, undefined, context);
    }
  },
});

/** An address, an upstream, or a host that another pass names without variables and nginx has looked up at start. */
function isThere(target: Address, pass: Pass, literal: ReadonlySet<string>): boolean {
  const { host, port } = target;
  if (isIp(host) || isUnix(host)) return true;
  const isUpstream = port === '' && pass.upstreams.some(({ name }) => name.toLowerCase() === host);
  return isUpstream || literal.has(keyOf(target, pass));
}

function literalTargets({ passes }: References): ReadonlySet<string> {
  const literal = passes.filter(({ use, targets }) => targets && !use.directive.args[0]?.includes('$'));
  return new Set(literal.flatMap((pass) => (pass.targets ?? []).map((target) => keyOf(target, pass))));
}

function keyOf({ host, port, scheme }: Address, { inStream }: Pass): string {
  return `${inStream ? 'stream' : 'http'} ${host}:${port || (scheme === 'https' || scheme === 'grpcs' ? '443' : '80')}`;
}

/** True when the host's variables hold names for sure; of others nothing is known. */
function namesOnly(text: string): boolean {
  const host = /^(?:[a-z$]\w*:\/\/)?([^/]*)/i.exec(text)?.[1] ?? '';
  const variables = variablesIn(host).filter((name) => name !== 'server_port' && name !== 'proxy_port');
  return variables.length > 0 && variables.every((name) => names.test(name));
}

function report({ use, upstreams }: Pass, host: string | undefined, { report }: RuleContext): void {
  const text = use.directive.args[0] ?? '';
  const pathOnly = host !== undefined && !/^(?:\w+:\/\/)?[^/]*\$/.test(text);
  report({
    span: spanOfArgument(use.directive, 0),
    severity: host === undefined ? 'warning' : undefined,
    message:
      host === undefined
        ? `the host in "${text}" is looked up for each request, and no resolver is set`
        : `"${host}" is looked up for each request, and no resolver is set`,
    why: `${pathOnly ? 'A variable anywhere in the URL, be it in the path, makes nginx read the host when the request comes. ' : ''}Requests get 502: "no resolver defined to resolve ${host ?? '…'}".`,
    help: `write "resolver ADDRESS;" with the name server of the machine${upstreams.length > 0 ? '' : ', or define an upstream of that name'}`,
  });
}
