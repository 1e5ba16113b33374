import type { ConfigDirective } from '../../config/config-tree.ts';
import { sitesOf } from '../../model/routes/sites.ts';
import { allUses, type Use } from '../../model/scope.ts';
import {
  events,
  http,
  ifInLocation,
  ifInServer,
  limitExcept,
  location,
  main,
  server,
  stream,
  streamServer,
  streamUpstream,
  upstream,
} from '../../schema/contexts.ts';
import type { Job } from './job.ts';

/** Says of everything that nothing was said of what it means where no request is seen. */
export function sayOthers(job: Job, upstreams: ReadonlySet<ConfigDirective>): void {
  const { model, ledger } = job;
  const alone = aloneAtTheirAddresses(job);
  for (const use of allUses(model.root)) {
    const { directive, scope } = use;
    if (ledger.has(directive)) continue;
    const isUnused = scope.context & (upstream | streamUpstream) && scope.directive && !upstreams.has(scope.directive);
    if (isUnused) ledger.moot(directive, 'no port leads to its upstream');
    else say(use, job, alone);
  }
  for (const { directive } of [...model.unknown, ...model.misplaced]) ledger.dropped(directive, 'nobody knows it here');
}

/** Servers of http that answer at their addresses whatever host is asked for. */
function aloneAtTheirAddresses({ model }: Job): ReadonlySet<ConfigDirective | null> {
  const { all, groups } = sitesOf(model);
  const shared = new Set(groups.filter(({ lines }) => lines.length > 1).flatMap(({ lines }) => lines.map((line) => line.server)));
  return new Set(all.filter((site) => !shared.has(site)).map(({ at }) => at));
}

const inHttp = http | server | location | ifInServer | ifInLocation | limitExcept;

function say({ directive, scope, opened }: Use, { ledger }: Job, alone: ReadonlySet<ConfigDirective | null>): void {
  const { name, args } = directive;
  if (name === 'upstream') return ledger.moot(directive, 'no port leads to it');
  if (['http', 'server', 'stream'].includes(name) && opened) return ledger.mapped(directive, 'by what is in it');
  if (scope.context & (main | events)) {
    if (name === 'mail') return ledger.dropped(directive, 'mail is not passed on');
    return ledger.moot(directive, "a matter of nginx's own processes");
  }
  if (name === 'server_name' && alone.has(scope.directive))
    return ledger.moot(directive, 'the only server at its address gets every host');
  if (name === 'server_name') return ledger.dropped(directive, 'hosts are not seen');
  if (name === 'location' && args.length === 1 && args[0] === '/') return ledger.moot(directive, 'it is every path');
  if (name === 'location') return ledger.dropped(directive, 'paths are not seen');
  if (isMoot(name)) return ledger.moot(directive, 'connections are not ended here, nor anything logged or buffered');
  if (name === 'proxy_set_header') return sayField(directive, args, { ledger });
  if (scope.context & (stream | streamServer)) return sayStream(directive, { ledger });
  if (scope.context & inHttp) return ledger.dropped(directive, 'requests are not seen');
  ledger.dropped(directive, 'there is nothing like it');
}

function sayField(
  directive: ConfigDirective,
  [field = '', value = '']: readonly string[],
  { ledger }: Pick<Job, 'ledger'>,
): void {
  const name = field.toLowerCase();
  if (name === 'host' && (value === '$host' || value === '$http_host'))
    return ledger.mapped(directive, 'requests pass as they are');
  if (name === 'connection' || name === 'upgrade') return ledger.mapped(directive, 'requests pass as they are');
  if (name === 'x-real-ip' || name === 'x-forwarded-for')
    return ledger.approximated(directive, "the field is not sent: servers see the client's own address");
  ledger.dropped(directive, 'requests pass as they are');
}

function sayStream(directive: ConfigDirective, { ledger }: Pick<Job, 'ledger'>): void {
  if (directive.name === 'proxy_timeout') return ledger.approximated(directive, 'lvs_timeouts: one time for all, the longest');
  if (directive.name === 'proxy_connect_timeout') return ledger.approximated(directive, 'as the connect_timeout of checks');
  ledger.dropped(directive, 'there is nothing like it');
}

const moot: ReadonlySet<string> = new Set([
  'access_log',
  'error_log',
  'log_format',
  'open_log_file_cache',
  'sendfile',
  'tcp_nopush',
  'tcp_nodelay',
  'types',
  'default_type',
  'resolver',
  'resolver_timeout',
  'server_tokens',
  'proxy_http_version',
  'proxy_buffering',
  'proxy_request_buffering',
  'proxy_socket_keepalive',
  'zone',
  'keepalive',
  'keepalive_timeout',
  'keepalive_requests',
  'keepalive_time',
  'check_shm_size',
  'check_keepalive_requests',
  'check_http_send',
  'check_http_expect_alive',
  'check_fastcgi_param',
  'preread_timeout',
  'variables_hash_max_size',
  'variables_hash_bucket_size',
]);

/** What only somebody who ends connections needs. */
function isMoot(name: string): boolean {
  return (
    moot.has(name) ||
    /_hash_(?:bucket|max)_size$|_buffers?(?:_size)?$|_temp_(?:path|file_write_size)$|_max_temp_file_size$/.test(name)
  );
}
