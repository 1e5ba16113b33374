import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { streamUpstream, upstream as upstreamContext } from '../../schema/contexts.ts';
import { parseUrl, type Url } from '../../schema/values/grammar/url.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import type { Frame } from './frame.ts';
import { resolved, ruleForError } from './host-names.ts';
import type { Call, Run } from './run.ts';
import { subsystemOf, variablesIn } from './variables.ts';
import { addZone } from './zones.ts';

/** A group of servers, written or implied by `proxy_pass` (ngx_http_upstream_srv_conf_t). */
export interface UpstreamGroup {
  readonly host: string;
  isWritten: boolean;
  port: number;
  readonly noPort: boolean;
  readonly file: string;
  readonly line: number;
  readonly directive: ConfigDirective;
  readonly arg: number | undefined;
  readonly servers: Server[];
  /** The block, when it is written. */
  frame?: Frame;
  /** The group's address is an IP or a socket, no name. */
  readonly isAddress: boolean;
}

interface Server {
  readonly backup: boolean;
  /** Its name is looked up at run time. */
  readonly resolved: boolean;
}

type Parameter = 'weight' | 'max_conns' | 'max_fails' | 'fail_timeout' | 'down' | 'backup';

const all: readonly Parameter[] = ['weight', 'max_conns', 'max_fails', 'fail_timeout', 'down', 'backup'];
const withoutBackup = all.filter((parameter) => parameter !== 'backup');

/** Groups by their names in lower case; those of one name have different ports. */
function groupsOf(run: Run, subsystem: 'http' | 'stream'): Map<string, UpstreamGroup[]> {
  return run.share(`${subsystem} upstreams`, () => new Map<string, UpstreamGroup[]>());
}

/** ngx_http_upstream_add, ngx_stream_upstream_add; undefined (and said so) when nginx refuses it. */
export function addUpstream(call: Call, url: Url, text: string, isWritten: boolean, arg = 0): UpstreamGroup | undefined {
  if (url.err) {
    call.fail(say.inUpstream(url.err, text), arg, 'upstream-server-invalid-address');
    return undefined;
  }
  const groups = groupsOf(call.run, subsystemOf(call));
  const name = url.host.toLowerCase();
  const ofName = groups.get(name) ?? [];
  for (const group of ofName) {
    if (isWritten && group.isWritten) return refuse(call, say.duplicateUpstream(url.host), arg, 'duplicate-upstream');
    if (group.isWritten && !url.noPort)
      return refuse(call, say.upstreamMayNotHavePort(url.host, url.port), arg, 'proxy-pass-upstream-port');
    if (isWritten && !group.noPort) {
      const nginx = say.upstreamMayNotHavePortIn(url.host, group.port, group.file, group.line);
      call.log('emerg', nginx, { directive: group.directive, arg: group.arg, nowhere: true, rule: 'proxy-pass-upstream-port' });
      return undefined;
    }
    if (group.port && url.port && group.port !== url.port) continue;
    if (isWritten) {
      group.isWritten = true;
      group.port = 0;
    }
    return group;
  }
  const group: UpstreamGroup = {
    host: url.host,
    isWritten,
    port: url.port,
    noPort: url.noPort,
    file: call.directive.source.name,
    line: call.line,
    directive: call.directive,
    arg,
    servers: [],
    isAddress: url.addresses !== undefined && url.family !== 'unix' ? true : url.family === 'unix',
  };
  ofName.push(group);
  groups.set(name, ofName);
  return group;
}

function refuse(call: Call, nginx: string, arg: number, rule: string): undefined {
  call.fail(nginx, arg, rule);
  return undefined;
}

/** ngx_http_upstream, ngx_stream_upstream */
export function upstream(call: Call): void {
  const host = call.arg(0);
  const url: Url = { family: 'inet', host, port: 0, portText: '', noPort: true, lastPort: 0, uri: '', wildcard: false };
  const group = addUpstream(call, url, host, true);
  if (!group) return;
  const inside = call.enter(subsystemOf(call) === 'http' ? upstreamContext : streamUpstream);
  for (const one of inside.own<Server[]>('servers') ?? []) group.servers.push(one);
  group.frame = inside;
  if (group.servers.length === 0) call.fail(say.noServersInside, undefined, 'empty-upstream');
}

/** ngx_http_upstream_server, ngx_stream_upstream_server */
export function upstreamServer(call: Call): void {
  const address = call.arg(0);
  const words = call.args.slice(1);
  const allowed = call.frame.own<readonly Parameter[]>('server parameters') ?? all;
  let arg = 0;
  for (const word of words) {
    arg++;
    const { name, isGood } = serverParameter(call, word);
    if (name !== undefined && !allowed.includes(name))
      return call.fail(say.methodDoesNotSupport(word), arg, 'lb-method-with-backup');
    if (!isGood) return call.fail(say.invalidParameter(word), arg, 'upstream-server-invalid-parameter');
  }
  const isBackup = words.includes('backup');
  const isResolved = words.includes('resolve');
  const parsed = parseUrl(address, isHttp(call) ? { defaultPort: 80 } : {});
  const url = isResolved ? parsed : resolved(call.run, parsed);
  const error = addressError(call, address, words, url, isResolved);
  if (error !== undefined) return call.fail(error.nginx, error.arg, error.rule);
  const server: Server = { backup: isBackup, resolved: isResolved && url.addresses === undefined };
  const servers = call.frame.own<Server[]>('servers');
  if (servers) servers.push(server);
  else call.frame.fields.set('servers', [server]);
}

/** NGX_HTTP_UPSTREAM_SID_LEN */
const longestRoute = 32;

/** What is wrong with a server's address, and with what depends on it, in nginx's order. */
function addressError(call: Call, address: string, words: readonly string[], url: Url, isResolved: boolean) {
  const rule = 'upstream-server-invalid-address';
  const emptyRoute = words.indexOf('route=');
  const service = words.some((word) => word.startsWith('service='));
  const longRoute = words.findIndex((word) => word.startsWith('route=') && word.length > 'route='.length + longestRoute);
  if (longRoute >= 0) return { nginx: say.routeTooLong(longestRoute), arg: longRoute + 1, rule };
  if (emptyRoute >= 0) return { nginx: say.routeIsEmpty, arg: emptyRoute + 1, rule };
  if (words.includes('service=')) return { nginx: say.serviceIsEmpty, arg: words.indexOf('service=') + 1, rule };
  if (service && !isResolved) return { nginx: say.serviceRequiresResolve(address), arg: 0, rule };
  if (url.err) return { nginx: say.inUpstream(url.err, address), arg: 0, rule: ruleForError(url.err, rule) };
  if (service && !url.noPort) return { nginx: say.serviceWithPort(address), arg: 0, rule };
  if (service && url.addresses) return { nginx: say.serviceRequiresName(address), arg: 0, rule };
  if (isHttp(call) || !url.noPort || service) return undefined;
  return { nginx: say.noPortInUpstream(address), arg: 0, rule: 'stream-upstream-missing-port' };
}

const valued: Readonly<Record<string, (value: string) => boolean>> = {
  weight: (value) => Boolean(parseNumber(value)),
  max_conns: (value) => parseNumber(value) !== undefined,
  max_fails: (value) => parseNumber(value) !== undefined,
  fail_timeout: (value) => parseTime(value, 's') !== undefined,
};

/** Parameters that commercial nginx had first, with the release that brought each to open source; null: none has. */
export const commercialParameters: Readonly<Record<string, string | null>> = {
  max_conns: '1.11.5',
  resolve: '1.27.3',
  service: '1.27.3',
  route: '1.29.6',
  drain: '1.29.6',
  slow_start: null,
};

/** What forks have besides. */
const ofForks: Readonly<Record<string, RegExp>> = {
  angie: /^(drain|resolve|service=.+|sid=.+|slow_start=.+)$/,
  tengine: /^id=.+$/,
};

/** Reads `weight=5`, `backup` …; the name is that of a parameter that some balancing methods refuse. */
function serverParameter(call: Call, word: string): { readonly name?: Parameter; readonly isGood: boolean } {
  const equals = word.indexOf('=');
  const key = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const isPlus = call.run.target.flavor === 'plus';
  const { flavor } = call.run.target;
  if (Object.hasOwn(ofForks, flavor) && ofForks[flavor]?.test(word)) return { isGood: true };
  const release = Object.hasOwn(commercialParameters, key) ? commercialParameters[key] : undefined;
  if (release !== undefined && !isPlus && (release === null || !call.since(release))) return { isGood: false };
  if (value === undefined) {
    if (key === 'down' || key === 'backup') return { name: key, isGood: true };
    return { isGood: key === 'resolve' || (key === 'drain' && isHttp(call)) };
  }
  const name = all.find((parameter) => parameter === key);
  if (name && Object.hasOwn(valued, name)) return { name, isGood: valued[name]?.(value) ?? false };
  return { isGood: key === 'service' || (key === 'route' && isHttp(call)) || (key === 'slow_start' && isPlus) };
}

function isHttp(call: Call): boolean {
  return subsystemOf(call) === 'http';
}

function redefine(call: Call, allowed: readonly Parameter[]): void {
  const before = call.frame.own<string>('balancing method');
  const rule = before === 'keepalive' ? 'keepalive-before-lb-method' : 'lb-method-redefined';
  if (before !== undefined) call.warn(say.methodRedefined, undefined, rule);
  call.frame.fields.set('balancing method', call.name);
  call.frame.fields.set('server parameters', allowed);
}

/** ngx_http_upstream_least_conn, ngx_stream_upstream_least_conn */
export function leastConn(call: Call): void {
  redefine(call, all);
}

/** ngx_http_upstream_least_time, ngx_stream_upstream_least_time */
export function leastTime(call: Call): void {
  redefine(call, all);
  const [time = '', inflight] = call.args;
  if (inflight !== undefined && inflight !== 'inflight') return call.fail(say.invalidParameter(inflight), 1);
  const times = subsystemOf(call) === 'http' ? ['header', 'last_byte'] : ['connect', 'first_byte', 'last_byte'];
  if (!times.includes(time.toLowerCase())) call.fail(say.invalidValue(time), 0);
}

/** ngx_http_upstream_ip_hash */
export function ipHash(call: Call): void {
  redefine(call, withoutBackup);
}

/** ngx_http_upstream_hash, ngx_stream_upstream_hash */
export function hash(call: Call): void {
  if (!variablesIn(call, call.arg(0), 0)) return;
  redefine(call, withoutBackup);
  if (call.args.length > 1 && call.arg(1) !== 'consistent') call.fail(say.invalidParameter(call.arg(1)), 1);
}

/** ngx_http_upstream_random, ngx_stream_upstream_random */
export function random(call: Call): void {
  redefine(call, withoutBackup);
  const [two, method] = call.args;
  const methods = ['least_conn', ...(call.run.target.flavor === 'plus' ? ['least_time=header', 'least_time=last_byte'] : [])];
  if (two !== undefined && two !== 'two') return call.fail(say.invalidParameter(two), 0);
  if (method !== undefined && !methods.includes(method)) call.fail(say.invalidParameter(method), 1);
}

/** ngx_http_upstream_keepalive */
export function keepalive(call: Call): void {
  if (call.frame.fields.has('keepalive')) return call.duplicate();
  const isNew = call.since('1.29.7');
  const count = parseNumber(call.arg(0));
  if (count === undefined || (count === 0 && !isNew)) return call.fail(say.invalidValueIn(call.arg(0), call.name), 0);
  call.set(count);
  const [, local] = call.args;
  if (local !== undefined && local !== 'local') return call.fail(say.invalidParameter(local), 1);
  if (!isNew) call.frame.fields.set('balancing method', call.frame.own('balancing method') ?? call.name);
}

/** ngx_http_upstream_zone, ngx_stream_upstream_zone */
export function zone(call: Call): void {
  const [name = '', sizeText] = call.args;
  if (name === '') return call.fail(say.invalidZoneName(name), 0);
  const size = sizeText === undefined ? 0 : parseSize(sizeText);
  if (size === undefined) return call.fail(say.invalidZoneSize(sizeText ?? ''), 1);
  if (sizeText !== undefined && size < 8 * 4096) return call.fail(say.zoneTooSmall(name), 1, 'zone-too-small');
  addZone(call, name, size, `${subsystemOf(call)} upstream`, 0);
  call.frame.fields.set('zone', name);
}

/** Groups in the order in which they were first named: maps keep it, and groups of one name hardly ever interleave. */
function inOrder(run: Run, subsystem: 'http' | 'stream'): UpstreamGroup[] {
  return [...groupsOf(run, subsystem).values()].flat();
}

/** ngx_http_upstream_init_main_conf, ngx_stream_upstream_init_main_conf: what only shows once all groups are known. */
export function finishUpstreams(run: Run, subsystem: 'http' | 'stream'): void {
  for (const group of inOrder(run, subsystem)) {
    const { isWritten, servers, host, file, line, directive, arg, port, isAddress } = group;
    const place = { directive, arg, nowhere: true };
    if (isWritten) {
      checkResolving(run, group);
      if (servers.length > 0 && servers.every(({ backup }) => backup)) {
        run.log('emerg', say.noServersInUpstream(host, file, line), { ...place, rule: 'upstream-only-backup-servers' });
      }
    } else if (port === 0 && !(isAddress && directive.args[arg ?? 0]?.includes('unix:')))
      run.log('emerg', say.noPortInUpstreamIn(host, file, line), {
        ...place,
        rule: 'undefined-upstream',
        help: `define upstream ${host}, or write the port: ${host}:PORT`,
      });
    else if (!isAddress && run.isWhole && run.host.knowsName?.(host) === false)
      run.log('emerg', say.hostNotFoundIn(host, file, line), { ...place, rule: 'host-not-found' });
  }
}

/** ngx_http_upstream_init_round_robin: names looked up at run time need a zone and a resolver. */
function checkResolving(run: Run, { servers, frame, host, file, line, directive, arg }: UpstreamGroup): void {
  if (!frame || !servers.some(({ resolved }) => resolved)) return;
  const place = { directive, arg, nowhere: true };
  if (!frame.fields.has('zone'))
    return run.log('emerg', say.resolveNeedsZone(host, file, line), { ...place, rule: 'upstream-resolve-missing-zone' });
  if (frame.inherited('resolver') === undefined)
    run.log('emerg', say.noResolver(host, file, line), { ...place, rule: 'upstream-resolve-missing-resolver' });
}

/** The frame of the location's own handler settings; null outside locations. */
export function frameIsNameless(frame: Frame): boolean {
  return frame.directive?.name === 'if' || frame.directive?.name === 'limit_except';
}
