import type { Held } from '../../../model/flow/atom.ts';
import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { refusesUnknownHosts } from '../../unknown-hosts.ts';

const names = new Set(['host', ':authority', 'x-forwarded-host', 'x-host', 'x-original-host']);

export const hostHeaderSpoofing = defineRule({
  id: 'host-header-spoofing',
  category: 'security',
  severity: 'warning',
  summary: 'the back end is told a host that the client made up and nginx did not look at',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_host',
    'https://portswigger.net/web-security/host-header',
  ],
  on: { proxy_set_header: look, grpc_set_header: look },
});

function look(use: Use, { model, report }: RuleContext): void {
  const { directive, scope } = use;
  const [name = '', value = ''] = directive.args;
  if (!names.has(name.toLowerCase()) || !value.includes('$')) return;
  const found = findClientData(flowOf(model).expand(value, { scope }), (held) => (isMadeUp(held) ? true : undefined));
  if (!found) return;
  const { held, expansion } = found;
  const guarded = held.variable === 'http_host' && refusesUnknownHosts(model);
  report({
    span: spanOfArgument(directive, 1),
    severity: guarded ? 'info' : undefined,
    message: `${name} is whatever the client says: ${sayHeld(held)}`,
    why:
      held.variable === 'http_host'
        ? 'nginx chooses the server by $host. A request for "http://your.name/" with another Host gets here all the same, and the back end makes links, redirects and cache keys out of that.'
        : 'The back end makes links, redirects, password mails and cache keys out of this name.',
    help: 'write "$host", and let a default server refuse the names that are not yours ("return 444;"); $host, too, comes from the client',
    related: wayOf(expansion, directive),
    fix: fix(use),
  });
}

/** Everything of the client's but `$host`, unless its text was checked. */
function isMadeUp({ variable, part, always }: Held): boolean {
  return always.length === 0 && variable !== 'host' && /header|argument|cookie/i.test(part);
}

function fix({ directive }: Use) {
  const span = spanOfArgument(directive, 1);
  const written = span.source.text.slice(span.start, span.end);
  if (!/\$http_host(?!\w)/i.test(written)) return undefined;
  const edits = [replace(span, written.replace(/\$http_host(?!\w)/gi, '$$host'))];
  return { title: 'pass the host that nginx has checked, without its port', safety: 'unsafe' as const, edits };
}
