import { display, lineAt } from '../../base/source-text.ts';
import { type Address, printAddress } from '../../host/host.ts';
import type { PlacedBackend, Presence } from '../../run/backends.ts';
import type { RunningNginx } from '../../run/options.ts';
import type { SessionHop } from '../../run/sessions/session-tracker.ts';
import type { Event } from '../../runtime/events.ts';

type Done = Extract<Event, { type: 'done' }>;

/** What is running, where, and what of it is not real: said once at start and after each reload. */
export function describeRun(ng: RunningNginx, file: string, nginxVersion: string): string[] {
  const lines = [`${file}, as nginx ${nginxVersion} runs it`];
  if (ng.wrapped !== null) lines.push(`  a fragment: ${ng.wrapped}`);
  for (const { asked, real } of ng.listeners) lines.push(`  listen ${printAddress(asked)} → ${urlOf(real)}`);
  if (ng.listeners.length === 0) lines.push('  listens nowhere: there is no server in it');
  lines.push(...describeBackends(ng.backends));
  for (const { directive, path, at } of ng.roots) {
    const place = `${directive.source.name}:${lineAt(directive.source, directive.node.start)}`;
    if (at === null)
      lines.push(
        `  ${directive.name} ${display(path)} (${place}) is not here: 404; --root ${display(path)}=DIR puts it somewhere`,
      );
    else if (at !== path) lines.push(`  ${directive.name} ${display(path)} → ${display(at)}`);
  }
  for (const { directive, place, why } of ng.notRun.filter(({ harmless }) => !harmless))
    lines.push(`  not run: ${directive} ${place}: ${why}`);
  const harmless = ng.notRun.filter((line) => line.harmless).map(({ directive, place }) => `${directive} ${place}`);
  if (harmless.length > 0) lines.push(`  no effect here: ${harmless.join(', ')}`);
  return lines;
}

function describeBackends(backends: readonly PlacedBackend[]): string[] {
  const lines: string[] = [];
  let group: string | null = null;
  for (const { backend, presence, at } of backends) {
    if (backend.upstream !== null && backend.upstream !== group) lines.push(`  upstream ${display(backend.upstream)}`);
    group = backend.upstream;
    lines.push(`  ${group === null ? '' : '  '}${display(backend.name)}${whereabouts(presence, at)}`);
  }
  return lines;
}

function whereabouts(presence: Presence, at: Address): string {
  switch (presence) {
    case 'self':
      return ' → a server of this configuration';
    case 'real':
      return '';
    case 'mapped':
    case 'handler':
      return ` → ${printAddress(at)}`;
    case 'mock':
      return ` → mock at ${printAddress(at)}`;
    case 'unreachable':
      return ', cannot be reached';
  }
}

function urlOf(real: Address): string {
  return real.kind === 'ip' ? `http://${printAddress(real)}` : printAddress(real);
}

/** `GET /a HTTP/1.1 → www.a.com → / → web01:80 (mock) 200 3 ms`: one request on one line. */
export function requestLine(done: Done, backends: readonly PlacedBackend[], remark: string | null): string {
  const mocks = new Set(backends.filter(({ presence }) => presence === 'mock').map(({ backend }) => backend.name));
  const peers = done.peers.map(
    ({ addr, status }) => `${addr}${mocks.has(addr) ? ' (mock)' : ''}${done.peers.length > 1 && status > 0 ? ` ${status}` : ''}`,
  );
  const way = [
    done.client,
    printable(done.requestLine),
    done.server || '(no name)',
    done.location || '(no location)',
    ...(peers.length > 0 ? [peers.join(', ')] : []),
  ];
  return `${way.join(' → ')}  ${done.status}  ${done.milliseconds < 10 ? done.milliseconds.toFixed(1) : Math.round(done.milliseconds)} ms${remark === null ? '' : `  (${remark})`}`;
}

/** What a request's line says of a session that another peer has issued. */
export function hopRemark({ cookie, from, lost }: SessionHop): string {
  return `session ${cookie} is ${display(from)}'s${lost ? ' and lost here: a new one was issued' : ''}`;
}

/** What a client sent, with nothing in it that a terminal would obey. */
function printable(text: string): string {
  return display(text).replace(/[\x00-\x1f\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
