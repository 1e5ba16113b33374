import type { Address } from '../../../model/address.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames, type Upstream } from '../../../model/references.ts';
import { usableServers } from '../../../model/server-parameters.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const other: Readonly<Record<string, string>> = { http: 'https', https: 'http', grpc: 'grpcs', grpcs: 'grpc' };

export const upstreamHttpToTlsPort = defineRule({
  id: 'upstream-http-to-tls-port',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'plain HTTP to a port that speaks TLS, or TLS to a port that does not',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  settings: {
    tlsPorts: { default: ['443', '8443', '9443'], about: 'ports that speak TLS' },
    plainPorts: { default: ['80', '8080'], about: 'ports that do not' },
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  needs: passNames,
  check({ references, setting, report }) {
    const ports = { tls: setting<readonly string[]>('tlsPorts'), plain: setting<readonly string[]>('plainPorts') };
    for (const pass of references.passes) {
      const { use, inStream, targets } = pass;
      const scheme = targets?.[0]?.scheme ?? '';
      const instead = other[scheme];
      if (inStream || instead === undefined || targets?.some((target) => target.scheme !== scheme)) continue;
      const isTls = scheme.endsWith('s');
      const wrong = isTls ? ports.plain : ports.tls;
      const places = placesOf(pass);
      const found = places.find(({ port }) => wrong.includes(port));
      if (!found) continue;
      const text = use.directive.args[0] ?? '';
      const canSwitch = text.toLowerCase().startsWith(`${scheme}:`) && places.every(({ port }) => wrong.includes(port));
      report({
        span: spanOfArgument(use.directive, 0),
        message: `${scheme}:// to port ${found.port} of "${found.host}", ${isTls ? 'where plain HTTP is spoken' : 'where TLS is spoken'}`,
        why: isTls
          ? 'The handshake fails, and requests get 502.'
          : 'The back end answers 400, "The plain HTTP request was sent to HTTPS port", or nothing at all.',
        help: `write "${instead}://", or another port`,
        fix: canSwitch
          ? {
              title: `pass on with ${instead}://`,
              safety: 'unsafe',
              edits: [replace(spanOfArgument(use.directive, 0), instead + text.slice(scheme.length))],
            }
          : undefined,
      });
    }
  },
});

const addresses = new WeakMap<Upstream, readonly Address[]>();

/** Hosts and ports where the requests arrive: the servers of upstreams, one for each port, else what the URL says. */
function placesOf({ upstreams, targets }: Pass): readonly Address[] {
  return upstreams.length > 0 ? upstreams.flatMap(portsOf) : (targets ?? []);
}

function portsOf(upstream: Upstream): readonly Address[] {
  let found = addresses.get(upstream);
  if (!found) {
    const byPort = new Map(usableServers(upstream).map(({ address }) => [address.port, address] as const));
    addresses.set(upstream, (found = [...byPort.values()]));
  }
  return found;
}
