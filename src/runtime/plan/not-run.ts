import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Model } from '../../model/build.ts';
import type { Scope, Use } from '../../model/scope.ts';
import { main } from '../../schema/contexts.ts';
import type { Module } from '../../schema/module.ts';
import type { HandlerRoom } from '../hooks.ts';

/** A directive of the configuration that does nothing here, and why. */
export interface NotRun {
  readonly directive: ConfigDirective;
  readonly why: string;
  /** True for what only a real nginx could use: answers are the same without it. */
  readonly harmless: boolean;
}

const unknown = 'no module that is known has it';
const noHandler = 'its module is known, but not run';
const notYet = 'known, but not run';
const noEffect = 'has no effect here';

/** Blocks, and what the loader has dealt with. */
const structure = new Set(['http', 'server', 'location', 'upstream', 'include', 'events', 'limit_except']);

/** About processes, sockets and memory of the real nginx: one process in JavaScript has none of it to set. */
const withoutEffect = new Set([
  'daemon',
  'master_process',
  'worker_processes',
  'worker_cpu_affinity',
  'worker_priority',
  'worker_rlimit_core',
  'worker_rlimit_nofile',
  'worker_shutdown_timeout',
  'working_directory',
  'user',
  'pid',
  'lock_file',
  'env',
  'debug_points',
  'timer_resolution',
  'thread_pool',
  'pcre_jit',
  'ssl_engine',
  'load_module',
  'accept_mutex',
  'accept_mutex_delay',
  'debug_connection',
  'multi_accept',
  'use',
  'worker_connections',
  'worker_aio_requests',
  'aio',
  'aio_write',
  'client_body_in_single_buffer',
  'connection_pool_size',
  'directio',
  'directio_alignment',
  'open_file_cache',
  'open_file_cache_errors',
  'open_file_cache_events',
  'open_file_cache_min_uses',
  'open_file_cache_valid',
  'output_buffers',
  'read_ahead',
  'request_pool_size',
  'send_lowat',
  'sendfile',
  'sendfile_max_chunk',
  'server_names_hash_bucket_size',
  'server_names_hash_max_size',
  'tcp_nodelay',
  'tcp_nopush',
  'types_hash_bucket_size',
  'types_hash_max_size',
  'variables_hash_bucket_size',
  'variables_hash_max_size',
  'open_log_file_cache',
  'proxy_headers_hash_bucket_size',
  'proxy_headers_hash_max_size',
  'map_hash_bucket_size',
  'map_hash_max_size',
  'proxy_temp_path',
  'fastcgi_temp_path',
  'uwsgi_temp_path',
  'scgi_temp_path',
  'proxy_temp_file_write_size',
  'fastcgi_temp_file_write_size',
  'postpone_gzipping',
  'gzip_buffers',
  'gzip_no_buffer',
  'gunzip_buffers',
  'ssi_ignore_recycled_buffers',
  'ssi_min_file_chunk',
  'zone',
  'check_shm_size',
]);

/** Names every directive that stands in the configuration and is not run. `engineModules` are run without a room. */
export function findNotRun(model: Model, rooms: readonly HandlerRoom[], engineModules: readonly Module[]): NotRun[] {
  const found: NotRun[] = model.unknown.map(({ directive }) => ({ directive, why: unknown, harmless: false }));
  const run = new Map<Module, readonly string[]>(engineModules.map((module) => [module, []]));
  for (const { module, runs } of rooms) run.set(module, runs);
  walk(model.root, (use) => {
    const why = reason(use, run);
    if (why !== undefined) found.push({ directive: use.directive, why, harmless: why === noEffect });
  });
  return found;
}

function walk(scope: Scope, visit: (use: Use) => void): void {
  for (const use of scope.uses) {
    visit(use);
    if (use.opened && descends(use)) walk(use.opened, visit);
  }
}

/** `stream` and `mail` are named as a whole. */
function descends({ directive, scope }: Use): boolean {
  return scope.context !== main || directive.name === 'http' || directive.name === 'events';
}

function reason(
  { directive: { name }, entry: { facts, module } }: Use,
  run: ReadonlyMap<Module, readonly string[]>,
): string | undefined {
  if (structure.has(name)) return undefined;
  const own = run.get(module);
  if (own && ('sets' in facts || own.includes(name))) return undefined;
  if (withoutEffect.has(name)) return noEffect;
  return own ? notYet : noHandler;
}
