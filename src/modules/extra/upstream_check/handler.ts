import { handle, type PlanContext } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { argument } from '../../../runtime/http/variables.ts';
import type { CheckPlan } from './check-plan.ts';
import { Checks } from './checks.ts';
import { httpUpstreamCheck } from './directives.ts';
import { type CheckFlavor, probeOf } from './probes.ts';
import { formatOf, type PageFormat } from './settings.ts';
import { formats } from './status-page.ts';
import { workersOf } from './workers.ts';

/** The checks of the configuration that is being planned. */
const planned = new WeakMap<PlanContext['model'], Checks>();

/** `check`, `check_status` and what belongs to them. */
export const upstreamCheckHandler = handle(httpUpstreamCheck, {
  http({ shmSize }, at) {
    const env = { host: at.host, events: at.events, workers: workersOf(at), log: at.log.bind(at) };
    planned.set(at.model, new Checks(shmSize, env));
  },

  upstream({ check, send, expectAlive, fastcgiParams, keepaliveRequests }, upstream, at) {
    const checks = planned.get(at.model);
    if (!check || !checks) return undefined;
    const classes = expectAlive.flat();
    const flavor = flavorOf(at);
    const probe = probeOf({ type: check.type, send, classes, fastcgiParams, keepaliveRequests, flavor });
    const plan = { check, probe, keepaliveRequests };
    warnOfStall(plan, checks.env.workers, upstream.name, at);
    return checks.watch(upstream, plan, at);
  },

  handler({ status }, at) {
    const checks = planned.get(at.model);
    if (!status || !checks) return undefined;
    const format = status.format ?? inheritedFormat(at) ?? 'html';
    const flavor = flavorOf(at);
    return (r) => answer(r, format, checks, flavor);
  },
});

function flavorOf({ flavor }: PlanContext): CheckFlavor {
  return flavor === 'tengine' ? 'tengine' : 'yaoweibin';
}

/** The known stall: a worker starts no check while the connection of its last one is open. */
function warnOfStall({ check, probe, keepaliveRequests }: CheckPlan, count: number, name: string, at: PlanContext): void {
  const stalls = probe.keeps && !probe.reuses && (check.type === 'tcp' || keepaliveRequests > 1);
  if (!stalls) return;
  const stuck = check.defaultDown && check.rise > count;
  const workers = count === 1 ? 'one worker' : `${count} workers`;
  const until = 'until servers close idle connections';
  at.log(
    'warn',
    `check type=${check.type} keeps its connections, and each worker checks a server of "${name}" once and no more ${until}${stuck ? `: with ${workers} and rise=${check.rise} all stay down so long` : ''}`,
  );
}

/** What `check_status` of a block around this one says (ngx_http_upstream_check_merge_loc_conf). */
function inheritedFormat({ scope, model }: PlanContext): PageFormat | null {
  for (let outer = scope.parent; outer; outer = outer.parent) {
    const format = model.settings.of(outer, httpUpstreamCheck).status?.format;
    if (format) return format;
  }
  return null;
}

/** ngx_http_upstream_check_status_handler */
function answer(r: Request, fallback: PageFormat, checks: Checks, flavor: CheckFlavor): 'done' | number {
  if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
  const format = asked(r, 'format', formatOf) ?? fallback;
  const only =
    asked(r, 'status', (word) => (/^(up|down)$/i.test(word) ? (word.toLowerCase() as 'up' | 'down') : undefined)) ?? null;
  const { contentType, print } = formats[format];
  if (r.method === 'HEAD') return headOnly(r, contentType);
  const { peers, generation } = checks;
  if (generation === 0) {
    r.log('error', "http upstream check module can not find any check server, make sure you've added the check servers");
    return 500;
  }
  r.respond(200, contentType, Buffer.from(print({ peers, generation, only, flavor }), 'latin1'));
  return 'done';
}

/** A head is sent before anything is looked at, without a length. */
function headOnly(r: Request, contentType: string): 'done' {
  r.status = 200;
  r.headersOut.contentType = contentType;
  if (r.sendHeader()) r.finalize(0);
  return 'done';
}

function asked<T>(r: Request, name: string, read: (word: string) => T | undefined): T | undefined {
  const word = argument(r.args, name);
  if (word === undefined) return undefined;
  const value = read(word);
  if (value === undefined) r.log('error', `http upstream check, bad argument: "${word}"`);
  return value;
}
