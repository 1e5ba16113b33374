import { bytesOf } from '../../base/source-text.ts';
import type { Model } from '../../model/build.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { parseTime } from '../../schema/values/time.ts';
import { Ledger } from '../gaps.ts';
import type { Target } from '../target.ts';
import { block } from './checker.ts';
import { isV6, type Job, type KeepalivedOptions, type Service } from './job.ts';
import { sayOthers } from './others.ts';
import { type Balancing, balancingOf, type RealServer } from './real-servers.ts';
import { servicesOf } from './services.ts';
import { sideNotes } from './side-notes.ts';

interface Balanced {
  readonly service: Service;
  readonly balancing: Balancing;
}

/** keepalived with IPVS: ports of virtual addresses lead to real servers, packet by packet. */
export const keepalived: Target<KeepalivedOptions> = {
  name: 'keepalived',
  compile(model: Model, options: KeepalivedOptions) {
    const job: Job = { model, options, ledger: new Ledger() };
    const balanced = servicesOf(job).map((service) => ({ service, balancing: balancingOf(service, job) }));
    const parts = [
      global(balanced),
      ...(options.vrrp === undefined ? [] : [instance(options.vrrp, options.vips)]),
      ...balanced.map((one) => virtualServer(one, options)),
      sideNotes(options, [...new Set(balanced.flatMap(({ balancing }) => addressesOf(balancing)))]),
    ];
    sayOthers(
      job,
      new Set(balanced.flatMap(({ service }) => service.pass.upstreams.slice(0, 1).map(({ use }) => use.directive))),
    );
    const gaps = job.ledger.inOrder(model.config.files.map(({ source }) => source));
    return { text: bytesOf(parts.map((lines) => `${lines.join('\n')}\n`).join('\n')), gaps };
  },
};

function addressesOf({ servers, sorry }: Balancing): readonly string[] {
  return [...servers, ...(sorry ? [sorry] : [])].map(({ address }) => address);
}

function global(balanced: readonly Balanced[]): readonly string[] {
  const scripts = balanced.some(({ balancing }) => balancing.checker?.runsScript)
    ? ['script_user root', 'enable_script_security']
    : [];
  return block('global_defs', ['router_id nginx', ...scripts, ...timeouts(balanced)]);
}

/** IPVS has one time-out for all connections of a protocol: the longest `proxy_timeout` of stream (nginx's default: 10 minutes). */
function timeouts(balanced: readonly Balanced[]): readonly string[] {
  const of = (protocol: Service['protocol']) => {
    const all = balanced
      .filter(({ service }) => service.pass.inStream && service.protocol === protocol)
      .map(({ service }) => timeoutOf(service));
    return all.length === 0 ? [] : [`${protocol.toLowerCase()} ${Math.max(...all)}`];
  };
  const words = [...of('TCP'), ...of('UDP')];
  return words.length === 0 ? [] : [`lvs_timeouts ${words.join(' ')}`];
}

/** Seconds; keepalived takes no longer time than this. */
function timeoutOf({ pass }: Service): number {
  const text = effectiveOne(pass.scope, 'proxy_timeout')?.directive.args[0] ?? '';
  return Math.min(Math.max(parseTime(text, 's') ?? 600, 1), 86_400);
}

function instance(interfaceName: string, vips: readonly string[]): readonly string[] {
  return block('vrrp_instance nginx', [
    'state BACKUP',
    `interface ${interfaceName}`,
    'virtual_router_id 51',
    'priority 100',
    'advert_int 1',
    ...block(
      'virtual_ipaddress',
      vips.filter((vip) => isV6(vip) === isV6(vips[0] ?? '')),
    ),
    ...excluded(vips.filter((vip) => isV6(vip) !== isV6(vips[0] ?? ''))),
  ]);
}

/** Addresses of the other family are held, but not advertised. */
function excluded(vips: readonly string[]): readonly string[] {
  return vips.length === 0 ? [] : block('virtual_ipaddress_excluded', vips);
}

function virtualServer(
  { service: { vip, port, protocol }, balancing }: Balanced,
  { kind }: KeepalivedOptions,
): readonly string[] {
  const { algorithm, persistence, servers, sorry, checker } = balancing;
  return block(`virtual_server ${vip} ${port}`, [
    ...(checker ? [`delay_loop ${checker.every}`] : []),
    `lb_algo ${algorithm}`,
    `lb_kind ${kind.toUpperCase()}`,
    ...persistence,
    `protocol ${protocol}`,
    ...(checker?.alpha ? ['alpha'] : []),
    ...(sorry ? [`sorry_server ${sorry.address} ${sorry.port}`] : []),
    ...servers.flatMap((server) => ['', ...realServer(server, balancing)]),
  ]);
}

function realServer({ address, port, weight, limit }: RealServer, { checker }: Balancing): readonly string[] {
  return block(`real_server ${address} ${port}`, [
    `weight ${weight}`,
    ...(limit > 0 ? [`uthreshold ${limit}`] : []),
    ...(checker?.lines(address, port) ?? []),
  ]);
}
