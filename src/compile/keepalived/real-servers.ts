import type { ConfigDirective } from '../../config/config-tree.ts';
import { isIp, isUnix } from '../../model/address.ts';
import { methodsOf } from '../../model/balancing.ts';
import type { UpstreamServer } from '../../model/references.ts';
import { parametersOf, usableServers } from '../../model/server-parameters.ts';
import { type Checker, checkerOf } from './checker.ts';
import { inOneLine, isV6, type Job, type Service } from './job.ts';

/** One `real_server`. */
export interface RealServer {
  readonly address: string;
  readonly port: number;
  weight: number;
  readonly limit: number;
}

/** What stands in a `virtual_server`. */
export interface Balancing {
  readonly algorithm: string;
  /** Lines that keep a client at its server. */
  readonly persistence: readonly string[];
  readonly servers: readonly RealServer[];
  readonly sorry: RealServer | undefined;
  readonly checker: Checker | undefined;
}

/** The balancing of a service, and what is said of its upstream. */
export function balancingOf(service: Service, job: Job): Balancing {
  const [upstream] = service.pass.upstreams;
  const servers = new Map<string, RealServer>();
  let sorry: RealServer | undefined;
  if (!upstream) {
    const at = service.pass.use.directive;
    const address = addressFor(service.pass.targets?.[0] ?? { host: '', port: '' }, { service, job, at });
    if (address) servers.set('', { ...address, weight: 1, limit: 0 });
    const checker = checkerOf(undefined, service, job);
    return { algorithm: 'rr', persistence: [], servers: [...servers.values()], sorry, checker };
  }
  for (const server of upstream.servers) {
    const at = server.use.directive;
    if (server.down) {
      job.ledger.mapped(at, 'it is down, and left out');
      continue;
    }
    const address = addressFor(server.address, { service, job, at });
    if (!address) continue;
    const { weight, maxConns } = parametersOf(server);
    const real = { ...address, weight: Math.min(weight, heaviest), limit: maxConns };
    if (server.backup && sorry) job.ledger.dropped(at, 'there is one sorry_server, and no second', 'backup');
    else if (server.backup) {
      sorry = real;
      job.ledger.approximated(at, 'sorry_server: asked when no other server is left, and not checked', 'backup');
    } else addServer(real, servers, at, job);
    sayParameters(server, service, job, usableServers(upstream).length === 1);
  }
  const all = [...servers.values()];
  const isWeighted = new Set(all.map(({ weight }) => weight)).size > 1;
  return { ...methodFor(service, job, isWeighted), servers: all, sorry, checker: checkerOf(upstream, service, job) };
}

function addServer(real: RealServer, servers: Map<string, RealServer>, at: ConfigDirective, { ledger }: Job): void {
  const key = `${real.address} ${real.port}`;
  const known = servers.get(key);
  if (known) {
    known.weight += real.weight;
    return ledger.approximated(at, 'it is named before, and adds its weight there');
  }
  servers.set(key, real);
  ledger.mapped(at, `real_server ${key}`);
}

/** IPVS's own limit. */
const heaviest = 65_535;

interface Asking {
  readonly service: Service;
  readonly job: Job;
  readonly at: ConfigDirective;
}

function addressFor(
  { host, port, scheme = '' }: { readonly host: string; readonly port: string; readonly scheme?: string },
  { service, job: { ledger, options }, at }: Asking,
): { readonly address: string; readonly port: number } | undefined {
  const refuse = (said: string, aspect: string) => void ledger.dropped(at, said, aspect);
  if (isUnix(host)) return refuse('no director reaches a socket of this machine', 'address');
  const address = isIp(host) && /^[\da-f.:]+$/i.test(host) ? host : options.hosts.get(host);
  if (address === undefined)
    return refuse(`keepalived takes addresses, not names: say --host ${inOneLine(host)}=ADDRESS`, 'address');
  if (isV6(address) !== isV6(service.vip) && options.kind !== 'tun')
    return refuse(`${options.kind.toUpperCase()} does not change between IPv4 and IPv6`, 'address');
  const number = Number(port === '' ? (scheme === 'https' ? 443 : 80) : port);
  if (options.kind !== 'nat' && number !== service.port)
    return refuse(`${options.kind.toUpperCase()} does not change ports: it would have to be ${service.port}`, 'port');
  return { address, port: number };
}

function sayParameters(server: UpstreamServer, { protocol }: Service, { ledger }: Job, isAlone: boolean): void {
  const at = server.use.directive;
  if (parametersOf(server).weight > heaviest) ledger.approximated(at, `no server weighs more than ${heaviest}`, 'weight');
  for (const word of at.args.slice(1)) {
    const name = word.replace(/=.*$/s, '');
    if (['weight', 'backup', 'down'].includes(name)) continue;
    if (name === 'max_conns')
      ledger.approximated(at, 'uthreshold: counts what the director sees, and refuses when all are full', name);
    else if (name !== 'max_fails' && name !== 'fail_timeout') ledger.dropped(at, 'there is nothing like it', name);
    else if (isAlone) ledger.moot(at, 'the only server is never taken out', name);
    else if (protocol === 'UDP') ledger.dropped(at, 'failures are not counted, and nothing checks servers of UDP', name);
    else ledger.approximated(at, 'failures are not counted: checks find out which servers are dead', name);
  }
}

function methodFor({ pass, vip }: Service, { ledger }: Job, isWeighted: boolean): Pick<Balancing, 'algorithm' | 'persistence'> {
  const [upstream] = pass.upstreams;
  const roundRobin = { algorithm: isWeighted ? 'wrr' : 'rr', persistence: [] };
  const use = upstream && methodsOf(upstream).at(-1);
  if (!use) return roundRobin;
  const { directive } = use;
  const approximated = (algorithm: string, said: string) => {
    ledger.approximated(directive, said);
    return { algorithm, persistence: [] };
  };
  if (directive.name === 'least_conn')
    return approximated(isWeighted ? 'wlc' : 'lc', 'lb_algo lc or wlc: connections count, not requests');
  if (directive.name === 'random') return approximated(roundRobin.algorithm, 'round robin: IPVS has no random choice');
  if (directive.name === 'hash' && /^\$(?:binary_)?remote_addr$/.test(directive.args[0] ?? '')) {
    const algorithm = directive.args[1] === 'consistent' ? 'mh' : 'sh';
    return approximated(
      algorithm,
      `lb_algo ${algorithm}: by the client's address, but clients get other servers than with nginx`,
    );
  }
  if (directive.name === 'ip_hash') {
    ledger.approximated(directive, 'persistence_timeout: a network stays with its server for 300 s after its last connection');
    const granularity = isV6(vip) ? '128' : '255.255.255.0';
    return { ...roundRobin, persistence: ['persistence_timeout 300', `persistence_granularity ${granularity}`] };
  }
  ledger.dropped(directive, 'what it chooses by is not seen at layer 4');
  return roundRobin;
}
