import * as say from '../../diagnostics/nginx-messages.ts';
import { main } from '../../schema/contexts.ts';
import { checkCpuAffinity, checkThreadPools } from './core-modules.ts';
import { checkPaths } from './host-paths.ts';
import { likely } from './likely.ts';
import type { Run } from './run.ts';
import { zones } from './zones.ts';

/** What nginx does once the whole configuration is read (init_conf of the core modules, ngx_init_cycle). */
export function finish(run: Run): void {
  if (!run.root.is(main)) return;
  checkCpuAffinity(run);
  checkThreadPools(run);
  if (!run.root.frames.some(({ directive }) => directive?.name === 'events')) {
    run.log('emerg', say.noEvents, { rule: 'no-events-block', nowhere: true });
  } else checkConnections(run);
  checkPaths(run);
  for (const { name, size, directive } of zones(run)) {
    if (size === 0)
      run.log('emerg', say.zeroSizeZone(name), {
        directive,
        arg: 0,
        nowhere: true,
        rule: 'undefined-zone',
        help: zoneHelp(run, name),
      });
  }
}

/** ngx_event_init_conf */
function checkConnections(run: Run): void {
  const events = run.root.frames.find(({ directive }) => directive?.name === 'events');
  const connections = events?.own<number>('worker_connections') ?? 512;
  const sockets = run.share('listening sockets', () => 0);
  if (connections < sockets + 1) {
    run.log('emerg', say.tooFewConnections(connections, sockets), { directive: events?.directive ?? undefined, nowhere: true });
  }
}

function zoneHelp(run: Run, name: string): string {
  const near = likely(
    name,
    zones(run)
      .filter(({ size }) => size > 0)
      .map((zone) => zone.name),
  );
  return near === undefined ? `define the zone: zone=${name}:10m` : `did you mean "${near}"?`;
}
