import type { Host } from '../../../host/host.ts';
import { handle, type PlanContext } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { Upstream } from '../../../runtime/upstream/upstream.ts';
import { CheckedPeer } from './checked-peer.ts';
import { httpUpstreamCheck } from './directives.ts';
import { probeOf } from './probes.ts';
import { formatOf, type PageFormat } from './settings.ts';
import { formats } from './status-page.ts';

/** All checked peers of one configuration, in the order of the file. */
interface Checks {
  readonly generation: number;
  readonly peers: CheckedPeer[];
  /** What the configuration before knew. */
  readonly before: readonly CheckedPeer[];
}

/** The newest configuration's checks on each host; the next one inherits from it. */
const newest = new WeakMap<Host, Checks>();
const byModel = new WeakMap<PlanContext['model'], Checks>();

/** ngx_http_upstream_check_init_shm: a configuration's first checked peer begins a generation. */
function checksOf(at: PlanContext): Checks {
  const own = byModel.get(at.model);
  if (own) return own;
  const last = newest.get(at.host);
  const checks: Checks = { generation: (last?.generation ?? 0) + 1, peers: [], before: last?.peers ?? [] };
  newest.set(at.host, checks);
  byModel.set(at.model, checks);
  return checks;
}

/** `check`, `check_status` and what belongs to them. */
export const upstreamCheckHandler = handle(httpUpstreamCheck, {
  upstream({ check, send, expectAlive, fastcgiParams }, upstream, at) {
    if (!check) return undefined;
    const checks = checksOf(at);
    const probe = probeOf({ type: check.type, send, classes: expectAlive.flat(), fastcgiParams });
    const env = { host: at.host, events: at.events, log: at.log.bind(at) };
    const mine = peersOf(upstream).map(
      (peer, i) => new CheckedPeer(checks.peers.length + i, upstream.name, peer, check, probe, env),
    );
    checks.peers.push(...mine);
    for (const checked of mine) {
      const known = checks.before.find(({ peer }) => peer.addressKey === checked.peer.addressKey);
      if (known) checked.inherit(known);
      checked.start();
    }
    return {
      stop() {
        for (const checked of mine) checked.stop();
      },
    };
  },

  handler({ status }, at) {
    if (!status) return undefined;
    return (r) => answer(r, status, at);
  },
});

/** Primaries first; servers that are marked down are not checked. */
function peersOf({ group }: Upstream) {
  return [...group.primaries, ...group.backups].filter(({ down }) => !down);
}

/** ngx_http_upstream_check_status_handler */
function answer(r: Request, fallback: PageFormat, at: PlanContext): 'done' | number {
  if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
  const format = argument(r, 'format', formatOf) ?? fallback;
  const only =
    argument(r, 'status', (word) => (/^(up|down)$/i.test(word) ? (word.toLowerCase() as 'up' | 'down') : undefined)) ?? null;
  const { contentType, print } = formats[format];
  if (r.method === 'HEAD') return headOnly(r, contentType);
  const checks = byModel.get(at.model);
  if (!checks || checks.peers.length === 0) {
    r.log('error', "http upstream check module can not find any check server, make sure you've added the check servers");
    return 500;
  }
  r.respond(200, contentType, Buffer.from(print({ peers: checks.peers, generation: checks.generation, only }), 'latin1'));
  return 'done';
}

/** A head is sent before anything is looked at, without a length. */
function headOnly(r: Request, contentType: string): 'done' {
  r.status = 200;
  r.headersOut.contentType = contentType;
  if (r.sendHeader()) r.finalize(0);
  return 'done';
}

/** The first argument of that name, in any case (ngx_http_arg). */
function argument<T>(r: Request, name: string, read: (word: string) => T | undefined): T | undefined {
  const found = new RegExp(`(?:^|&)${name}=([^&]*)`, 'i').exec(r.args);
  if (!found) return undefined;
  const value = read(found[1] ?? '');
  if (value === undefined) r.log('error', `http upstream check, bad argument: "${found[1]}"`);
  return value;
}
