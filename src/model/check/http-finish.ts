import * as contexts from '../../schema/contexts.ts';
import { checkRecodings, checkServer, type LocationCheck, locationChecks, serverModules } from './constraints.ts';
import { type Frame, locationLike } from './frame.ts';
import { checkListenSsl, checkServerNames } from './http-listen.ts';
import { checkDuplicateLocations } from './http-location.ts';
import type { Run } from './run.ts';
import { finishUpstreams } from './upstreams.ts';
import { unknownVariables } from './variables.ts';

/** What ngx_http_block does once its block is read. */
export function finishHttp(run: Run, http: Frame): void {
  const servers = http.frames.filter(({ context }) => context === contexts.server);
  for (const module of modulesInOrder) {
    if (module === 'http_upstream') finishUpstreams(run, 'http');
    const checks = locationChecks(run, module);
    if (checks.length === 0 && !serverModules.has(module)) continue;
    for (const server of servers) {
      if (serverModules.has(module)) checkServer(run, module, server);
      if (checks.length > 0) mergeLocations(checks, server);
    }
  }
  for (const server of servers) checkDuplicateLocations(run, server);
  checkListenSsl(run);
  checkRecodings(run);
  unknownVariables(run, 'http');
  checkServerNames(run);
}

/** Modules with something to say when their settings are merged, in nginx's order. */
const modulesInOrder = [
  'http_core',
  'http_log',
  'http_upstream',
  'http_referer',
  'http_ssl',
  'http_proxy',
  'http_fastcgi',
  'http_uwsgi',
  'http_scgi',
  'http_grpc',
  'http_secure_link',
  'http_charset_filter',
];

/** ngx_http_merge_locations */
function mergeLocations(checks: readonly LocationCheck[], frame: Frame): void {
  for (const check of checks) check(frame);
  for (const inner of frame.frames) if (inner.is(locationLike)) mergeLocations(checks, inner);
}
