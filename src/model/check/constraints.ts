import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { server } from '../../schema/contexts.ts';
import type { Frame } from './frame.ts';
import { buildHash } from './hash-tables.ts';
import type { ServerName } from './http-listen.ts';
import type { Referers } from './http-modules.ts';
import { takeName } from './name-keys.ts';
import type { Call, Run } from './run.ts';
import type { Buffers } from './slots.ts';
import { checkServerSsl, proxySslVerify } from './ssl.ts';
import { variablesIn } from './variables.ts';
import type { Zone } from './zones.ts';

/** Modules that check something when servers are merged. */
export const serverModules: ReadonlySet<string> = new Set(['http_core', 'http_ssl']);

/** What a module refuses when one location is merged. */
export type LocationCheck = (frame: Frame) => void;

const alone: Readonly<Record<string, readonly [string, (run: Run, frame: Frame) => void]>> = {
  http_referer: ['valid_referers', checkReferers],
  http_charset_filter: ['source_charset', noteRecoding],
  http_secure_link: ['secure_link_secret', checkSecureLink],
};

const gateways: ReadonlySet<string> = new Set(['http_proxy', 'http_fastcgi', 'http_uwsgi', 'http_scgi', 'http_grpc']);

/** What a module's merge_loc_conf refuses, in its order; only what the directives written so far can be refused for. */
export function locationChecks(run: Run, module: string): readonly LocationCheck[] {
  const { written } = run;
  const [name = '', check] = alone[module] ?? [];
  if (check && written.has(name)) return [(frame) => check(run, frame)];
  if (!gateways.has(module)) return [];
  const prefix = module.slice('http_'.length);
  const checks: LocationCheck[] = [];
  const values = (passed[prefix] ?? []).filter((directive) => written.has(directive));
  if (values.length > 0) checks.push((frame) => checkPassedValues(prefix, values, frame));
  const hasSsl = written.has(`${prefix}_ssl_verify`) || written.has(`${prefix}_ssl_certificate`);
  if (hasSsl && prefix !== 'scgi') checks.push((frame) => usesSsl(prefix, frame) && proxySslVerify(run, prefix, frame));
  const sizes = sizesOf(prefix);
  const hasSizes = Object.values(sizes).some((directive) => written.has(directive));
  if (hasSizes && prefix !== 'grpc') checks.push((frame) => checkBuffers(run, sizes, frame));
  if (written.has(`${prefix}_cache`)) checks.push((frame) => checkCache(run, prefix, frame));
  return checks;
}

/** What a module's merge_srv_conf refuses. */
export function checkServer(run: Run, module: string, server: Frame): void {
  if (module === 'http_ssl') return checkServerSsl(run, server);
  const large = server.inherited<Buffers>('large_client_header_buffers')?.size ?? 8192;
  const pool = server.inherited<number>('connection_pool_size') ?? 512;
  if (large < pool) fail(run, server, 'large_client_header_buffers', say.largeBuffersTooSmall, 'proxy-buffers-invalid');
}

function checkCache(run: Run, prefix: string, frame: Frame): void {
  const cache = frame.inherited<{ readonly zone: Zone; readonly directive: ConfigDirective }>(`${prefix}_cache zone`);
  const setting = frame.inherited<string>(`${prefix}_cache`);
  if (cache && setting === cache.zone.name && cache.zone.data === undefined) {
    run.log('emerg', say.cacheZoneUnknown(`${prefix}_cache`, cache.zone.name), {
      directive: cache.directive,
      arg: 0,
      rule: 'undefined-zone',
    });
  }
  if (
    prefix !== 'proxy' &&
    prefix !== 'grpc' &&
    setting !== undefined &&
    setting !== 'off' &&
    frame.inherited(`${prefix}_cache_key`) === undefined
  ) {
    run.log('warn', say.noCacheKey(prefix), { directive: cache?.directive ?? frame.directive ?? undefined });
  }
}

/** ngx_http_secure_link_merge_conf */
function checkSecureLink(run: Run, frame: Frame): void {
  const { fields } = frame;
  if (!fields.has('secure_link_secret') || !(fields.has('secure_link') || fields.has('secure_link_md5'))) return;
  fail(run, frame, 'secure_link_secret', say.secureLinkMixed, 'invalid-argument-value');
}

/** ngx_http_charset_merge_loc_conf */
function noteRecoding(run: Run, frame: Frame): void {
  const [to, from] = [frame.inherited<string>('charset'), frame.inherited<string>('source_charset')];
  if (to === undefined || from === undefined || [to, from].some((name) => name === 'off' || name.includes('$'))) return;
  if (to.toLowerCase() === from.toLowerCase()) return;
  run
    .share('recodings', () => new Map<string, { from: string; to: string; frame: Frame }>())
    .set(`${from} ${to}`.toLowerCase(), { from, to, frame });
}

/** ngx_http_charset_postconfiguration */
export function checkRecodings(run: Run): void {
  const maps = run.share('charset maps', () => new Set<string>());
  for (const { from, to, frame } of run
    .share('recodings', () => new Map<string, { from: string; to: string; frame: Frame }>())
    .values()) {
    const has = [`${from} ${to}`, `${to} ${from}`].some((key) => maps.has(key.toLowerCase()));
    if (!has) return run.log('emerg', say.noCharsetMap(from, to), { directive: frame.directive ?? undefined, nowhere: true });
  }
}

const passed: Readonly<Record<string, readonly string[]>> = {
  proxy: ['proxy_set_header', 'proxy_set_body'],
  fastcgi: ['fastcgi_param'],
  uwsgi: ['uwsgi_param'],
  scgi: ['scgi_param'],
  grpc: ['grpc_set_header'],
};

/** ngx_http_proxy_init_headers, ngx_http_upstream_param_set_slot's users: values nginx compiles once blocks are merged. */
function checkPassedValues(prefix: string, names: readonly string[], frame: Frame): void {
  for (const name of names) {
    const uses = frame.inherited<readonly Call[]>(name) ?? [];
    if (uses.length === 0 || uses.every((use) => seenValues.has(use))) continue;
    for (const use of uses) {
      seenValues.add(use);
      const arg = use.args.length === 1 ? 0 : 1;
      variablesIn(use, use.arg(arg), arg);
    }
    if (name.endsWith('_set_header')) buildHeadersHash(prefix, uses, frame);
  }
}

/** Headers that nginx sets unless a directive does (ngx_http_proxy_headers, ngx_http_grpc_headers). */
const ofProxy = ['host', 'connection', 'content-length', 'transfer-encoding', 'te', 'keep-alive', 'expect', 'upgrade'];

/** ngx_http_proxy_init_headers, ngx_http_grpc_init_headers */
function buildHeadersHash(prefix: string, uses: readonly Call[], frame: Frame): void {
  const written = uses.map((use) => use.arg(0).toLowerCase());
  const table = {
    name: `${prefix}_headers_hash`,
    maxSize: frame.inherited<number>(`${prefix}_headers_hash_max_size`) ?? 512,
    bucketSize: frame.inherited<number>(`${prefix}_headers_hash_bucket_size`) ?? 64,
  };
  const [first] = uses;
  if (!first) return;
  const good = first.run.share('headers that fit', () => new Set<string>());
  const key = `${table.name} ${table.maxSize} ${table.bucketSize} ${written.join()}`;
  if (good.has(key)) return;
  const keys = [...written, ...ofProxy.filter((name) => !written.includes(name))];
  const before = first.run.findings.length;
  buildHash(first.run, keys, table, { directive: first.directive, rule: 'hash-bucket-too-small' });
  if (first.run.findings.length === before) good.add(key);
}

const seenValues = new WeakSet<Call>();

/** True when the frame's own upstream is spoken to with TLS, or may be. */
function usesSsl(prefix: string, { directive }: Frame): boolean {
  const url = directive?.children?.find(({ name }) => name === `${prefix}_pass`)?.args[0];
  return url !== undefined && (url.includes('$') || /^(https|grpcs|suwsgi):/i.test(url));
}

/** ngx_http_referer_merge_conf */
function checkReferers(run: Run, frame: Frame): void {
  const state = frame.own<Referers>('referers');
  if (!state) return;
  const directive = frame.directive?.children?.find(({ name }) => name === 'valid_referers') ?? frame.directive ?? undefined;
  const names = state.names ? (frame.nearest(server)?.own<ServerName[]>('server names') ?? []) : [];
  for (const { name, isRegex } of names) {
    if (isRegex || takeName(state.hosts, name, true) !== 'taken') continue;
    return run.log('emerg', say.conflictingParameter(name), { directive, rule: 'duplicate-directive' });
  }
  if (state.marked && state.keys === 0 && !state.names) run.log('emerg', say.noneOrBlockedAlone, { directive, nowhere: true });
}

/** The directives that size a module's buffers. */
function sizesOf(prefix: string) {
  return {
    buffers: `${prefix}_buffers`,
    size: `${prefix}_buffer_size`,
    busy: `${prefix}_busy_buffers_size`,
    write: `${prefix}_temp_file_write_size`,
    most: `${prefix}_max_temp_file_size`,
  };
}

/** The sizes of upstream buffers against each other (ngx_http_proxy_merge_loc_conf and its like). */
function checkBuffers(run: Run, names: ReturnType<typeof sizesOf>, frame: Frame): void {
  const buffers = frame.inherited<Buffers>(names.buffers) ?? { count: 8, size: 4096 };
  const largest = Math.max(frame.inherited<number>(names.size) ?? 4096, buffers.size);
  const busy = frame.inherited<number>(names.busy) ?? 2 * largest;
  const write = frame.inherited<number>(names.write) ?? 2 * largest;
  const most = frame.inherited<number>(names.most) ?? 1024 ** 3;
  const rule = 'proxy-buffers-invalid';
  if (buffers.count < 2) return fail(run, frame, names.buffers, say.buffersTooFew(names.buffers), rule);
  if (busy < largest) return fail(run, frame, names.busy, say.sizeTooSmall(names.busy, names.size, names.buffers), rule);
  if (busy > (buffers.count - 1) * buffers.size)
    return fail(run, frame, names.busy, say.busyTooBig(names.busy, names.buffers), rule);
  if (write < largest) return fail(run, frame, names.write, say.sizeTooSmall(names.write, names.size, names.buffers), rule);
  if (most !== 0 && most < largest)
    fail(run, frame, names.most, say.tempFileTooSmall(names.most, names.size, names.buffers), rule);
}

/** Reports at the directive that is to blame, where there is one. */
function fail(run: Run, frame: Frame, name: string, nginx: string, rule: string): void {
  const prefix = /^[a-z]+_/.exec(name)?.[0] ?? name;
  let blamed: ConfigDirective | undefined;
  for (let at: Frame | null = frame; at && !blamed; at = at.parent) {
    blamed = lastOf(at, (one) => one === name) ?? lastOf(at, (one) => one.startsWith(prefix) && /buffer|temp_file/.test(one));
  }
  run.log('emerg', nginx, { directive: blamed ?? frame.directive ?? undefined, rule });
}

function lastOf(frame: Frame, wanted: (name: string) => boolean): ConfigDirective | undefined {
  return (frame.directive?.children ?? []).findLast(({ name }) => wanted(name));
}
