import { inLowerCase } from '../../model/address.ts';
import { defaultListen } from '../../model/routes/listen-groups.ts';
import type { Scope } from '../../model/scope.ts';
import { useIn, usesIn } from '../../model/scope.ts';
import { httpCore } from '../../modules/http/core/directives.ts';
import type { ListenLine } from './listeners.ts';
import { planLocation, planLocations } from './plan-location.ts';
import { PlannedServer } from './planned.ts';
import type { Planning } from './planning.ts';

/** A server with its names and addresses. */
export interface ServerParts {
  readonly server: PlannedServer;
  readonly names: readonly string[];
  readonly listens: readonly ListenLine[];
}

/** Plans one `server` block. */
export function planServer(planner: Planning, scope: Scope): ServerParts {
  const { listens, serverNames } = planner.model.settings.of(scope, httpCore);
  const names = serverNames.flat().map((name) => (name === '$hostname' ? inLowerCase(planner.engine.host.hostname) : name));
  const root = planLocation(planner, { scope, name: '', kind: 'server', at: scope.directive, hooks: true });
  const server = new PlannedServer(shownName(names[0] ?? ''), scope.directive, scope, root);
  planLocations(planner, scope, root, server);
  const uses = usesIn(scope, 'listen');
  const lines = listens.flatMap((group, index) =>
    group.map((listen): ListenLine => ({ server, listen, at: uses[index]?.directive ?? scope.directive })),
  );
  if (useIn(scope, 'listen') === undefined) lines.push({ server, listen: defaultListen, at: scope.directive });
  return { server, names: names.length === 0 ? [''] : names, listens: lines };
}

/** `$server_name`: `.example.com` shows without its dot. */
function shownName(name: string): string {
  return name.startsWith('.') ? name.slice(1) : name;
}
