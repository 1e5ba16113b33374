import type { ConfigDirective } from '../../config/config-tree.ts';
import { scopesAround } from '../../model/inherited.ts';
import { type Found, findLocation, type Notice } from '../../model/routes/location-search.ts';
import type { Events, PhaseName, TriedLocation } from '../events.ts';
import type { PhaseHandler, Verdict } from '../hooks.ts';
import { moduleOf } from '../plan/handler-modules.ts';
import type { PlannedLocation } from '../plan/planned.ts';
import { filePath } from './file-path.ts';
import type { RequestState } from './request-state.ts';

/* What the phases of a request tell whoever listens. */

const phaseNames: readonly (PhaseName | undefined)[] = [
  'post-read',
  'server-rewrite',
  undefined,
  'rewrite',
  undefined,
  'preaccess',
  'access',
  undefined,
  'precontent',
];

/** Who wants to know why about a request; null for nobody, and for a subrequest. */
export function listenerOf(r: RequestState): Events['detail'] {
  return r.parent ? null : r.connection.engine.events.detail;
}

/** Searches the server's locations; tells what it looked at. */
export function search(r: RequestState): Found<PlannedLocation> {
  const listener = listenerOf(r);
  const { root } = r.server;
  if (!listener) return findLocation(root.nested, r);
  const tried: TriedLocation[] = [];
  const notice: Notice<PlannedLocation> = ({ at }, outcome) => tried.push({ at, outcome });
  const { uri } = r;
  const found = findLocation(root.nested, r, notice);
  listener({ type: 'search', id: r.id, uri, server: r.server.at, tried });
  return found;
}

/** A location has been found, or jumped to. */
export function reportLocation(
  r: RequestState,
  { name, at, kind }: PlannedLocation,
  how: PlannedLocation['kind'] | 'none',
): void {
  const { listener } = r.connection.engine.events;
  if (!listener || r.parent) return;
  const known = how === 'exact' || how === 'prefix' || how === 'regex' || how === 'named' ? how : 'none';
  listener({ type: 'location', id: r.id, location: kind === 'server' ? '' : name, how: known, at });
}

/** A handler has decided; `declined` is no decision. */
export function reportVerdict(r: RequestState, verdict: Exclude<Verdict, 'declined'>, handler: PhaseHandler): void {
  const listener = listenerOf(r);
  const phase = phaseNames[r.phase];
  if (!listener || !phase) return;
  const module = moduleOf(handler);
  listener({ type: 'verdict', id: r.id, phase, module, verdict, at: lineOf(module, r.location) });
}

function lineOf(module: string, { scope }: PlannedLocation): ConfigDirective | null {
  for (const { uses } of scopesAround(scope)) {
    const use = uses.find(({ entry }) => entry.module.name === module);
    if (use) return use.directive;
  }
  return null;
}

/** A handler answers. */
export function reportContent(r: RequestState, handler: PhaseHandler): void {
  const listener = listenerOf(r);
  if (!listener) return;
  const file = r.location.handler === handler ? null : filePath(r);
  listener({ type: 'content', id: r.id, module: moduleOf(handler), file, location: r.location.at });
}

/** It goes on at another URI, or at `@name`. */
export function reportRedirect(r: RequestState, to: string, args: string): void {
  const listener = listenerOf(r);
  if (listener) listener({ type: 'internal-redirect', id: r.id, to, args });
}
