import type { Address } from '../../../host/host.ts';
import { handle, type PhaseHandler, type PlanContext } from '../../../runtime/hooks.ts';
import { fieldsNamed, forwardedHop, sourceOf, type TrustedProxies } from '../../../runtime/http/forwarded-address.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { type Cidr, inetAddress, parseCidr } from '../../../schema/values/grammar/cidr.ts';
import { ipv6, printedIpv6 } from '../../../schema/values/grammar/url.ts';
import { httpRealip } from './directives.ts';

type Settings = ValuesOf<(typeof httpRealip)['settings']>;

interface Original {
  readonly remoteAddr: string;
  readonly client: Address;
}

/** Who really asked, for requests whose client has been replaced. */
const originals = new WeakMap<Request, Original>();

/** `set_real_ip_from`: the client's address is what trusted proxies say. It is asked twice: per server, then per location. */
export const realipHandler = handle(httpRealip, {
  postRead: planRealip,
  preaccess: planRealip,
  variables: {
    realip_remote_addr: (r) => originals.get(r.main)?.remoteAddr ?? r.main.remoteAddr,
    realip_remote_port: (r) => {
      const { client } = originals.get(r.main) ?? r.main;
      return client.kind === 'ip' && client.port > 0 ? String(client.port) : '';
    },
  },
});

function planRealip({ from, header, recursive }: Settings, at: PlanContext): PhaseHandler | undefined {
  if (from.length === 0) return undefined;
  const networks: Cidr[] = [];
  for (const word of from) if (word !== 'unix:') addNetwork(word, networks, at);
  const trusted: TrustedProxies = { networks, unix: from.includes('unix:'), recursive };
  return (r) => {
    if (!originals.has(r.main)) replace(r.main, said(r, header), trusted, header === 'proxy_protocol');
    return 'declined';
  };
}

/** A name stands for all its addresses, as they are at load (ngx_http_realip_from). */
function addNetwork(word: string, networks: Cidr[], at: PlanContext): void {
  const network = parseCidr(word);
  if (network) {
    networks.push(network);
    return;
  }
  const add = (addresses: readonly string[]) => {
    for (const address of addresses) networks.push(...[parseCidr(address)].filter((known) => known !== undefined));
    if (addresses.length > 0) return;
    const line = at.scope.uses.find(({ directive: { args } }) => args[0] === word)?.directive;
    if (line) at.fail(line, `host not found in set_real_ip_from "${word}"`);
  };
  at.before(at.host.network.resolve(word).then(add));
}

/** What names the client. */
function said(r: Request, header: string): readonly string[] {
  if (header === 'proxy_protocol') return r.proxyHeader ? [r.proxyHeader.source] : [];
  const fields = fieldsNamed(r, header);
  return header === 'x-forwarded-for' ? fields : fields.slice(0, 1);
}

// ngx_http_realip_handler, ngx_http_realip_set_addr
function replace(r: Request, fields: readonly string[], trusted: TrustedProxies, byProtocol: boolean): void {
  const from = sourceOf(r.remoteAddr);
  const hop = from && forwardedHop(from, fields, trusted);
  if (hop === undefined) return;
  originals.set(r, { remoteAddr: r.remoteAddr, client: r.client });
  r.client = addressIn(hop, byProtocol ? (r.proxyHeader?.sourcePort ?? 0) : 0);
  r.remoteAddr = r.client.kind === 'ip' ? r.client.host : 'unix:';
}

/** An address that is known to be one, in nginx's spelling; `port` when it has none. */
function addressIn(hop: string, port: number): Address {
  const whole = plainAddress(hop);
  if (whole !== undefined) return { kind: 'ip', host: whole, port };
  const colon = hop.lastIndexOf(':');
  const host = hop.slice(0, colon).replace(/^\[|\]$/g, '');
  return { kind: 'ip', host: plainAddress(host) ?? host, port: Number(hop.slice(colon + 1)) };
}

function plainAddress(text: string): string | undefined {
  const number = inetAddress(text);
  if (number !== undefined) return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
  const groups = ipv6(text);
  return groups && printedIpv6(groups);
}
