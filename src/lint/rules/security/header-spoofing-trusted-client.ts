import { isOpenToAll } from '../../../model/access.ts';
import type { Held } from '../../../model/flow/atom.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { effective, type Use } from '../../../model/scope.ts';
import { findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Names under which back ends look for who is calling, and what nginx knows of that. */
const identities: Readonly<Record<string, string>> = {
  'x-real-ip': '$remote_addr',
  'x-client-ip': '$remote_addr',
  'true-client-ip': '$remote_addr',
  'x-forwarded-for': '$remote_addr',
  remote_addr: '$remote_addr',
  'x-forwarded-proto': '$scheme',
  'x-forwarded-scheme': '$scheme',
  'x-forwarded-ssl': '$https',
  'x-forwarded-user': '$remote_user',
  'x-remote-user': '$remote_user',
  'remote-user': '$remote_user',
  remote_user: '$remote_user',
  'x-auth-user': '$remote_user',
  'x-ssl-client-s-dn': '$ssl_client_s_dn',
  'x-ssl-client-verify': '$ssl_client_verify',
};

const setters = ['proxy_set_header', 'grpc_set_header', 'fastcgi_param', 'uwsgi_param', 'scgi_param'];

export const headerSpoofingTrustedClient = defineRule({
  id: 'header-spoofing-trusted-client',
  category: 'security',
  severity: 'error',
  summary: 'the back end believes a header about the client that the client wrote itself',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  settings: { behindProxy: { default: false, about: 'whether a proxy in front writes these headers anew' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For',
  ],
  on: Object.fromEntries(setters.map((name) => [name, look])),
});

function look(use: Use, context: RuleContext): void {
  const { directive, scope } = use;
  const [name = '', value = ''] = directive.args;
  const known = Object.hasOwn(identities, name.toLowerCase()) ? identities[name.toLowerCase()] : undefined;
  if (known === undefined || !value.includes('$')) return;
  const found = findClientData(flowOf(context.model).expand(value, { scope }), (held, before, after) =>
    isForeignHeader(held) && before.length + after.length === 0 ? true : undefined,
  );
  if (!found || effective(scope, 'set_real_ip_from').length > 0 || !isOpenToAll(scope)) return;
  const aboutTransport = known === '$scheme' || known === '$https';
  context.report({
    span: spanOfArgument(directive, 1),
    severity: context.setting('behindProxy') ? 'info' : aboutTransport ? 'warning' : undefined,
    message: `${name} says what the client wants it to say: ${sayHeld(found.held)}`,
    why: aboutTransport
      ? 'The back end takes a plain connection for an encrypted one, or the other way round: redirects in circles, cookies without protection.'
      : 'Back ends decide by this header who may come in, whom to block and what to log; anyone can write an address or a name of their choice.',
    help: `write "${known}"; when a proxy in front writes the header, name it with set_real_ip_from, or set behindProxy`,
    related: wayOf(found.expansion, directive),
    fix: fix(use, known),
  });
}

function isForeignHeader({ variable, always }: Held): boolean {
  return always.length === 0 && variable.startsWith('http_');
}

function fix({ directive }: Use, known: string) {
  const span = spanOfArgument(directive, 1);
  if (!/^"?\$\{?http_\w+\}?"?$/i.test(span.source.text.slice(span.start, span.end))) return undefined;
  return { title: `say what nginx knows, ${known}`, safety: 'unsafe' as const, edits: [replace(span, known)] };
}
